import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildBackbone, forward, initialParameters, initialStatistics } from '@hypersphere/backbones';
import { randomStream } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { embed } from '../src/embed';
import { exportModel } from '../src/export-model';
import { generatedImages } from './generated-images';

const folder = temporaryFolder();
const data = generatedImages({ classes: 2, perClass: 5 });
const network = buildBackbone({ name: 'small-resnet', width: 2, embeddingDim: 3 }, { height: 8, width: 8, channels: 1 });

describe('embed', () => {
  let tensors: Parameters<typeof embed>[1];
  let images: tf.Tensor4D;
  const evaluated = (x: tf.Tensor4D): tf.Tensor2D => forward(network, tensors.parameters, tensors.statistics, x, { training: false }).embedding;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    tensors = { parameters: initialParameters(network, (layer) => randomStream(1, 'initial-weights', layer)), statistics: initialStatistics(network) };
    images = tf.tensor4d(Float32Array.from(data.images, (value) => (value - 127.5) / 128), [10, 8, 8, 1]);
  });

  it('has the same answer whatever the batch, the last one partial', () => {
    const whole = embed(network, tensors, data);
    expectClose(whole, evaluated(images));
    expectClose(embed(network, tensors, data, { batch: 3 }), whole);
    expect(() => embed(network, tensors, data, { batch: 0 })).toThrow('embed: batch must be a positive integer, got 0');
  });

  it('adds or appends the embedding of the image mirrored left to right', () => {
    const [plain, mirrored] = [evaluated(images), evaluated(tf.reverse(images, 2))];
    expectClose(embed(network, tensors, data, { mirror: 'sum', batch: 4 }), tf.add(plain, mirrored));
    expectClose(embed(network, tensors, data, { mirror: 'concat', batch: 4 }), tf.concat([plain, mirrored], 1));
  });

  it('leaves nothing behind', () => expectTensorsLeft(0, () => void embed(network, tensors, data, { mirror: 'sum' })));

  it('is exported to files from which stock tfjs makes the same embeddings', async () => {
    await exportModel(network, tensors, folder);
    const { weightsManifest, modelTopology } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as tf.io.ModelJSON;
    expect(weightsManifest.flatMap(({ paths }) => paths)).toEqual(['weights.bin']);
    const weightData = new Uint8Array(readFileSync(join(folder, 'weights.bin'))).buffer;
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightData, weightSpecs }));
    expectClose(model.predict(images) as tf.Tensor, embed(network, tensors, data), { rtol: 1e-4, atol: 1e-5 });
  });
});
