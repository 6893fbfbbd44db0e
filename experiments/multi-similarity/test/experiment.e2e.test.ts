import { describe, expect, it } from '@jest/globals';

import { tuned } from '../../../packages/experiment-kit/src/protocols/tuned';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('multi-similarity', () => {
  const { record } = smokeReproduce('multi-similarity');

  it('runs the constants of the paper and of the released code beside the tuned ones', () => {
    expect(record('MS').config.loss).toMatchObject({ positiveScale: 2, negativeScale: 40, threshold: tuned.multiSimilarity.threshold, miningMargin: 0.1 });
    expect(record('MS, constants of the paper').config.loss).toMatchObject({ positiveScale: 2, negativeScale: 50, threshold: 1, miningMargin: 0.1 });
    expect(record('MS, constants of the code').config.loss).toMatchObject({ positiveScale: 2, negativeScale: 40, threshold: 0.5, miningMargin: 0.1 });
  });

  it('takes mining and weighting apart', () => {
    expect(record('mining only').config.loss).toMatchObject({ mining: true, weighting: false });
    expect(record('weighting only').config.loss).toMatchObject({ mining: false, weighting: true });
  });

  it('changes the embedding alone where it sweeps its size', () => {
    const [small, usual] = [record('D=8'), record('MS')];
    expect(small.config.backbone).toMatchObject({ embeddingDim: 8 });
    expect({ ...small.config, backbone: usual.config.backbone }).toEqual(usual.config);
  });
});
