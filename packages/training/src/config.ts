import type { BackboneConfig } from '@hypersphere/backbones';
import type { LossConfig } from '@hypersphere/core-losses';
import type { AugmentationOptions, ClassBalance } from '@hypersphere/data';

import type { LambdaAnnealing } from './schedules/lambda';
import type { LearningRateSchedule } from './schedules/learning-rate';

/** What weight decay acts on besides the weights of convolutions and dense layers, which are always decayed. */
export interface DecayOptions {
  /** Strength; the penalty is `weightDecay / 2 * |w|^2` for 'sgd' and 'adam', decoupled for 'adamw'. Default 0. */
  readonly weightDecay?: number;
  /** Decay scale and shift of batch normalisation too, as the released PyTorch ArcFace does. Default false. */
  readonly decayNormalisation?: boolean;
  /** Decay biases too. Default false. */
  readonly decayBias?: boolean;
  /** Decay the slopes of PReLU too. Default false. */
  readonly decayPrelu?: boolean;
  /** Decay what the loss declares as decayed (prototypes). Default true. */
  readonly decayLoss?: boolean;
  /** Own learning rate of the loss's parameters, before the schedule; the default is `learningRate`. */
  readonly lossLearningRate?: number;
}

/** Stochastic gradient descent with momentum, in PyTorch's form. */
export interface SgdConfig extends DecayOptions {
  readonly name: 'sgd';
  readonly learningRate: number;
  /** Default 0.9. */
  readonly momentum?: number;
  /** Default false. */
  readonly nesterov?: boolean;
}

/** Adam, or AdamW with decoupled weight decay, in PyTorch's form (bias corrected, epsilon outside the root). */
export interface AdamConfig extends DecayOptions {
  readonly name: 'adam' | 'adamw';
  readonly learningRate: number;
  /** Default 0.9. */
  readonly beta1?: number;
  /** Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-8. */
  readonly epsilon?: number;
}

export type OptimiserConfig = SgdConfig | AdamConfig;

/** Length of a training: exactly one of `steps` and `epochs`; `at` of a step schedule counts in the same unit. */
export type ScheduleLength =
  | { readonly steps: number; readonly epochs?: undefined }
  | { readonly epochs: number; readonly steps?: undefined };

export type ScheduleConfig = ScheduleLength & {
  /** Images of a step; the last partial batch of an epoch is dropped. */
  readonly batchSize: number;
  /** P classes and K images of each in every batch, `batchSize` together; the default is shuffled batches. */
  readonly classBalance?: ClassBalance;
  readonly learningRate: LearningRateSchedule;
  /** Steps of linear warm-up. Default 0. */
  readonly warmUpSteps?: number;
  /** Scales the gradient down to this global norm; `scope: 'backbone'` leaves the loss's parameters alone. */
  readonly gradientClip?: { readonly norm: number; readonly scope?: 'all' | 'backbone' };
  /** Share of the old running statistics kept at a step. */
  readonly batchNormMomentum: number;
  readonly augmentation?: AugmentationOptions;
  /** Apply the loss to each exit of the network on its own, with parameters of its own, and add up. Default: to all side by side. */
  readonly lossPerExit?: boolean;
  /**
   * Share of the classes, in (0, 1], that take part in a step: all of the batch and others drawn at random (Partial FC).
   * Only their rows are updated. Default: all classes, without drawing.
   */
  readonly sampleRate?: number;
  /** Values that the loss takes from the schedule. */
  readonly annealing?: { readonly lambda?: LambdaAnnealing };
};

/** The part of a run's config that training reads; plain JSON. */
export interface TrainingConfig {
  readonly backbone: BackboneConfig;
  readonly loss: LossConfig;
  readonly optimiser: OptimiserConfig;
  readonly schedule: ScheduleConfig;
}
