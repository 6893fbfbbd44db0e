import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft, temporaryFolder } from '@hypersphere/testing';

import { forward, parameterCount, toLayersModel } from '../src';
import { filledNetwork } from './random-tensors';
import { tinyNetworks } from './tiny-networks';

beforeAll(() => tf.setBackend('cpu'));

describe.each(tinyNetworks)('toLayersModel: $title', ({ config, input }) => {
  const folder = temporaryFolder();
  const filled = filledNetwork(config, input);
  const { network, parameters, statistics, images } = filled;
  const embedding = forward(network, parameters, statistics, images, { training: false }).embedding.dataSync();

  it('predicts what forward gives, and has the same parameters', () => {
    const model = toLayersModel(network, parameters, statistics);
    expect(model.outputs[0]!.shape).toEqual([null, network.embeddingDim]);
    expectClose(model.predict(images) as tf.Tensor, embedding, { rtol: 1e-5, atol: 1e-5 });
    const trainable = model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);
    expect(trainable).toBe(parameterCount(network));
    model.dispose();
  });

  it('gives the same embedding after it was saved to files and loaded by stock tfjs', async () => {
    toLayersModel(network, parameters, statistics).dispose(); // names must survive an earlier model of the same layers
    const model = toLayersModel(network, parameters, statistics);
    const [topologyFile, weightsFile] = [join(folder, 'model.json'), join(folder, 'weights.bin')];
    await model.save(
      tf.io.withSaveHandler((artifacts) => {
        const { weightData, ...rest } = artifacts;
        writeFileSync(topologyFile, JSON.stringify(rest));
        writeFileSync(weightsFile, new Uint8Array(weightData as ArrayBuffer));
        return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
      }),
    );
    model.dispose();
    const weights = new Uint8Array(readFileSync(weightsFile)).buffer;
    const artifacts = { ...(JSON.parse(readFileSync(topologyFile, 'utf8')) as tf.io.ModelArtifacts), weightData: weights };
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
    expectClose(loaded.predict(images) as tf.Tensor, embedding, { rtol: 1e-5, atol: 1e-5 });
    loaded.dispose();
  });

  it('owns its weights: disposing it leaves the tensors it came from', () => {
    expectTensorsLeft(0, () => toLayersModel(network, parameters, statistics).dispose());
    expectClose(forward(network, parameters, statistics, images, { training: false }).embedding, embedding);
  });
});

describe('toLayersModel refuses', () => {
  const { network, parameters, statistics } = filledNetwork(tinyNetworks[0]!.config, tinyNetworks[0]!.input);

  it('a missing statistic, and leaves nothing behind', () => {
    const others = { 'stem.conv.norm/mean': statistics['stem.conv.norm/mean']! };
    expectTensorsLeft(0, () =>
      expect(() => toLayersModel(network, parameters, others)).toThrow(
        new RangeError("small-resnet: parameter or statistic 'stem.conv.norm/variance' is missing"),
      ),
    );
  });

  it('a parameter of another shape', () => {
    const wrong = { ...parameters, 'embedding/kernel': tf.zeros([16, 4]) };
    expect(() => toLayersModel(network, wrong, statistics)).toThrow(
      new RangeError("layer 'embedding': weight must be [16,3], got [16,4]"),
    );
  });
});
