import { describe, expect, it } from '@jest/globals';

import { tuned } from '../../../packages/experiment-kit/src/protocols/tuned';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('cosface', () => {
  const { record } = smokeReproduce('cosface');

  it('trains without a margin exactly what normalised softmax is', () => {
    expect(record('m=0').config.loss).toMatchObject({ name: 'normface', scale: tuned.normface.scale });
    expect(record('m=0.35').config.loss).toMatchObject({ name: 'cosface', scale: tuned.cosface.scale, margin: 0.35, normaliseFeatures: true });
  });

  it('runs the values of the paper as one more row', () => {
    expect(record('paper s, m').config.loss).toMatchObject({ scale: 64, margin: 0.35 });
  });

  it('keeps features and prototypes in two dimensions for the figure', () => {
    const { series } = record('circle m=0.2');
    expect(series).toMatchObject({ embeddings: { dim: 2 }, prototypes: { dim: 2 } });
  });

  it('gives all margins the same start: the losses differ, the weights and batches do not', () => {
    const [small, large] = [record('m=0.15'), record('m=0.9')];
    expect({ ...small.config, loss: large.config.loss }).toEqual(large.config);
    expect(small.seed).toBe(large.seed);
  });
});
