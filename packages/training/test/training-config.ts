import type { TrainingConfig } from '../src/config';

/** A training of a fraction of a second: the smallest residual network on 8x8 images. */
export function trainingConfig({ loss, optimiser, ...schedule }: Partial<Pick<TrainingConfig, 'loss' | 'optimiser'>> & Record<string, unknown> = {}): TrainingConfig {
  return {
    backbone: { name: 'small-resnet', width: 2, embeddingDim: 5 },
    loss: loss ?? { name: 'normface', scale: 8 },
    optimiser: optimiser ?? { name: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4 },
    schedule: { steps: 12, batchSize: 8, learningRate: { kind: 'cosine' }, batchNormMomentum: 0.9, ...schedule },
  };
}
