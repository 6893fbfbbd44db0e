import { startEngine } from '@hypersphere/engine';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { runDigest } from '../src/run-digest';
import { prepareRun } from '../src/training-run';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

const data = generatedImages({ perClass: 10 });
/** A scale of 64 shows what digits of a cosine are worth. */
const config = trainingConfig({ loss: { name: 'arcface', scale: 64, marginRadians: 0.2 }, batchSize: 16 });

/** Loss and the length and direction of the update of the first steps, at the same state and batch. */
async function oneStep(precision: 'float32' | 'bfloat16', backbone = config.backbone) {
  const run = await prepareRun({ config: { ...config, backbone }, precision, seed: 3, data }, {});
  const { loss, gradientNorm, embeddings, state } = run.runStep(run.state, await run.feed(0));
  const update = tf.sub(state.vector, run.state.vector).dataSync<'float32'>();
  run.runStep.dispose();
  return { loss: loss.dataSync()[0] as number, gradientNorm: gradientNorm.dataSync()[0] as number, embeddings: embeddings.dataSync<'float32'>(), update };
}

/** Length of the difference as a share of the length of `b`. */
function distance(a: Float32Array, b: Float32Array): number {
  return Math.sqrt(a.reduce((sum, value, at) => sum + (value - (b[at] ?? NaN)) ** 2, 0) / b.reduce((sum, value) => sum + value ** 2, 0));
}

beforeAll(() => startEngine({ threads: 1, provision: false }));

describe('a step in bfloat16', () => {
  it.each([
    { name: 'small-resnet', width: 3, embeddingDim: 5 },
    { name: 'mnist-cnn', width: 4, embeddingDim: 3 },
  ] as const)('of $name is near the one in float32, and another', async (backbone) => {
    const [exact, lowered] = [await oneStep('float32', backbone), await oneStep('bfloat16', backbone)];
    expect(Math.abs(lowered.loss / exact.loss - 1)).toBeLessThan(0.02);
    expect(Math.abs(lowered.gradientNorm / exact.gradientNorm - 1)).toBeLessThan(0.05);
    expect(distance(lowered.embeddings, exact.embeddings)).toBeLessThan(0.03);
    expect(distance(lowered.update, exact.update)).toBeLessThan(0.25); // rectifiers that turn over, and 16 images
    for (const part of ['embeddings', 'update'] as const) expect(distance(lowered[part], exact[part])).toBeGreaterThan(5e-4);
  });

  it('is the same to the bit when repeated', async () => {
    expect(await oneStep('bfloat16')).toEqual(await oneStep('bfloat16'));
  });

  it('leaves the loss in float32: the loss of the embeddings that it gives is the one that float32 gives', async () => {
    const run = await prepareRun({ config, precision: 'bfloat16', seed: 3, data }, {});
    const inputs = await run.feed(0);
    const { loss, embeddings } = run.runStep(run.state, inputs);
    const { entry, options } = run.model.loss;
    const prototypes = tf.slice(run.state.vector, run.model.layout.backboneSize).reshape([data.classes, -1]);
    const wanted = entry.apply({ embeddings, labels: inputs.labels, parameters: { prototypes }, state: {}, annealed: {}, draws: {}, options }).loss;
    expect((loss.dataSync()[0] as number) / (wanted.dataSync()[0] as number)).toBeCloseTo(1, 5);
    run.runStep.dispose();
  });

  it('cannot be eager', async () => {
    await expect(prepareRun({ config, mode: 'eager', precision: 'bfloat16', seed: 3, data }, {})).rejects.toThrow(
      'training: precision must be float32 where steps run eagerly, got bfloat16; only a recorded step can be in bfloat16',
    );
  });

  it('belongs to the identity of a checkpoint', () => {
    const digest = (precision: 'float32' | 'bfloat16') => runDigest(config, { mode: 'recorded', precision }, 3, data);
    expect(digest('bfloat16')).not.toBe(digest('float32'));
  });
});
