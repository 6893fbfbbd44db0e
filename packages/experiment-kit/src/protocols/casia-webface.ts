import type { BackboneConfig } from '@hypersphere/backbones';

import type { RunConfig } from '../run-config';

export interface FaceProtocol {
  readonly backbone: BackboneConfig;
  readonly steps: number;
  /** Steps at which the learning rate is divided by ten. */
  readonly dropAt: readonly number[];
  readonly batchSize: number;
  /** Height and width in pixels of the aligned faces. SphereFace, CosFace: 112 x 96; ArcFace: 112 x 112. */
  readonly size: readonly [height: number, width: number];
  readonly mirror: RunConfig['evaluation']['mirror'];
}

/**
 * The protocol that the margin papers share: CASIA-WebFace (494,414 images of 10,575 people, less those in the test sets)
 * trains, LFW verifies. SGD with momentum 0.9, weight decay 5e-4 (not on biases), learning rate 0.1 divided by ten,
 * random mirroring. The user supplies both sets as folders, one folder a person, faces aligned and cropped.
 *
 * @see SphereFace, section 4.1; CosFace, section 4.1; ArcFace, section 3.1
 */
export function casiaWebFace({ backbone, steps, dropAt, batchSize, size: [height, width], mirror }: FaceProtocol): RunConfig {
  return {
    data: { name: 'folder', train: 'casia-webface', test: 'lfw', height, width, channels: 3 },
    backbone,
    loss: { name: 'softmax' },
    optimiser: { name: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, decayPrelu: true, decayNormalisation: true },
    schedule: {
      steps,
      batchSize,
      learningRate: { kind: 'step', at: [...dropAt], factor: 0.1 },
      batchNormMomentum: 0.9,
      augmentation: { mirror: true },
      annealing: { lambda: { base: 1000, gamma: 0.12, floor: 5 } },
    },
    evaluation: { kind: 'open-set', split: 'test', pairsPerFold: 300, replicates: 200, mirror, keepEmbeddings: 0, validationPoints: 0 },
    execution: { threads: 2, mode: 'recorded', precision: 'float32' },
  };
}
