import type { ClassBalance } from '@hypersphere/data';

import type { RunConfig } from '../run-config';

export interface ZeroShotPaper {
  /** Its folders `<name>-train` and `<name>-test` hold a folder a class: the first and the second half of the classes. */
  readonly test: 'cub' | 'cars196' | 'sop';
  readonly batch: ClassBalance;
  readonly backbone?: RunConfig['backbone'];
  readonly optimiser?: RunConfig['optimiser'];
  readonly schedule?: Partial<RunConfig['schedule']>;
}

/**
 * The protocol that the retrieval papers share: the classes of the first half train, those of the second are tested, every
 * test image a query against all others; BN-Inception on crops of 224 pixels (in released code 227) with a linear layer of 512 values behind it.
 * The user supplies the images, and ImageNet weights with `--weights`.
 *
 * @see Multi-Similarity, released configuration of CUB: Adam at 3e-5, weight decay 5e-4, 3,000 steps, rate times 0.1 at 1,200 and 2,400, https://github.com/msight-tech/research-ms-loss
 */
export function zeroShotPaper({ test, batch, backbone, optimiser, schedule }: ZeroShotPaper): RunConfig {
  return {
    data: { name: 'folder', train: `${test}-train`, test: `${test}-test`, height: 224, width: 224, channels: 3 },
    backbone: backbone ?? { name: 'bn-inception', release: 'pytorch', embeddingDim: 512, maxShare: 1, frozenBatchNorm: 'statistics' },
    loss: { name: 'softmax' },
    optimiser: optimiser ?? { name: 'adam', learningRate: 3e-5, weightDecay: 5e-4, decayNormalisation: true, decayBias: true },
    schedule: {
      ...{ steps: 3000, batchSize: batch.classesPerBatch * batch.imagesPerClass, classBalance: batch },
      ...{ learningRate: { kind: 'step', at: [1200, 2400], factor: 0.1 }, batchNormMomentum: 0.9 },
      augmentation: { mirror: true, resizedCrop: { area: [0.16, 1], aspect: [3 / 4, 4 / 3] } },
      ...(schedule as object),
    },
    evaluation: { kind: 'open-set', split: 'test', pairsPerFold: 300, replicates: 200, mirror: 'none', keepEmbeddings: 0, validationPoints: 0 },
    execution: { threads: 2, mode: 'recorded', precision: 'float32' },
  };
}
