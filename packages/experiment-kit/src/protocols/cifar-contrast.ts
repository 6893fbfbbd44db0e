import type { LossConfig } from '@hypersphere/core-losses';
import { augmentations, type AugmentationOptions } from '@hypersphere/data';

import { sectionsOf, type Variant, type VariantPlan } from '../define-experiment';
import type { RunConfig } from '../run-config';
import { adam } from './tuned';

/** Learning rates on CIFAR-10, to be found by the studies `search-*` of `supcon` on validation images; variants of one loss share them. */
export const contrastRates = { supcon: 0.01, simclr: 0.01, crossEntropy: 0.01 } as const;

type Schedule = RunConfig['schedule'];
type Probe = NonNullable<RunConfig['evaluation']['probe']>;

const unbounded = { pairsPerFold: 10, replicates: 0, mirror: 'none', keepEmbeddings: 0, validationPoints: 0 } as const;
const probed = (probe: Pick<Probe, 'learningRates' | 'epochs' | 'batchSize' | 'corruptedImages'>): RunConfig['evaluation'] => ({
  kind: 'probe',
  split: 'test',
  ...unbounded,
  probe: { features: 'pool', classifier: 'own', ...probe },
});

const inLab = (epochs: number, batchSize: number): Schedule => ({
  epochs,
  batchSize,
  learningRate: { kind: 'cosine' },
  batchNormMomentum: 0.9,
  augmentation: augmentations.twoViews,
});

/**
 * Supervised contrast at lab scale: part of CIFAR-10, two views of each image, a small residual network with a projection of
 * one hidden layer, then a linear classifier on the features in front of it. The base of each profile is SupCon itself.
 */
export const cifarContrast: Readonly<Record<'smoke' | 'quick' | 'standard', RunConfig>> = {
  smoke: {
    data: { name: 'generated', height: 32, width: 32, channels: 3, trainClasses: 10, validationClasses: 10, testClasses: 10, distractorClasses: 0, imagesPerClass: 6 },
    backbone: { name: 'small-resnet', width: 2, embeddingDim: 8, head: 'mlp' },
    loss: { name: 'supcon' },
    optimiser: adam(contrastRates.supcon),
    schedule: inLab(2, 20),
    evaluation: probed({ learningRates: [0.1, 1], epochs: 2, batchSize: 32, corruptedImages: 2 }),
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
  quick: {
    data: { name: 'cifar10', trainImages: 2000, validationImages: 1000, testImages: 2000 },
    backbone: { name: 'small-resnet', width: 8, embeddingDim: 32, head: 'mlp' },
    loss: { name: 'supcon' },
    optimiser: adam(contrastRates.supcon),
    schedule: inLab(12, 128),
    evaluation: probed({ learningRates: [0.03, 0.1, 0.3, 1], epochs: 30, batchSize: 250, corruptedImages: 40 }),
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
  standard: {
    data: { name: 'cifar10', trainImages: 5000, validationImages: 2000, testImages: 10_000 },
    // As narrow as in `quick`, where settings are searched: time goes into steps, of which contrast needs many.
    backbone: { name: 'small-resnet', width: 8, embeddingDim: 32, head: 'mlp' },
    loss: { name: 'supcon' },
    optimiser: adam(contrastRates.supcon),
    schedule: inLab(40, 128),
    evaluation: probed({ learningRates: [0.01, 0.03, 0.1, 0.3, 1, 3], epochs: 60, batchSize: 250, corruptedImages: 250 }),
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
};

/** Cross-entropy with its own classifier on the features, no projection; by default with the augmentation that the released code gives it. */
export function crossEntropy({ rate = contrastRates.crossEntropy, augmentation = augmentations.supconCrossEntropy, ...own }: Variant & { readonly rate?: number; readonly augmentation?: AugmentationOptions } = {}): VariantPlan {
  return ({ backbone, schedule }) => ({
    backbone: { ...backbone, embeddingDim: 0, head: 'linear' } as RunConfig['backbone'],
    loss: { name: 'softmax' },
    optimiser: adam(rate),
    schedule: { ...schedule, augmentation },
    ...own,
  });
}

/** The base of a profile with changes to its schedule. */
export const scheduled = (change: (schedule: Schedule) => Partial<Schedule>): VariantPlan => ({ schedule }) => ({ schedule: { ...schedule, ...change(schedule) } as Schedule });

/** The probe on features of the encoder in place of the network's own classifier. */
export const twoStages = (plan: VariantPlan): VariantPlan => (base) => {
  const variant = sectionsOf(plan, base);
  const { probe } = base.evaluation;
  return probe === undefined ? variant : { ...variant, evaluation: { ...base.evaluation, probe: { ...probe, classifier: 'probe' } } };
};

/** A variant as the smoke profile runs it: no larger batch than the images allow, everything else as it is. */
export function smokeContrast({ schedule, ...others }: RunConfig): RunConfig {
  return { ...others, schedule: { ...schedule, batchSize: Math.min(schedule.batchSize, 20) } };
}

/** Images in a step of the paper, and steps in an epoch of the 45,000 training images; the last partial batch is dropped. */
const PAPER_BATCH = 1024;
const PAPER_STEPS = Math.floor(45_000 / PAPER_BATCH);

const paperSgd = ({ rate, decay = 1e-4 }: { rate: number; decay?: number }): RunConfig['optimiser'] => ({
  name: 'sgd', learningRate: rate, momentum: 0.9, weightDecay: decay, decayNormalisation: true, decayBias: true,
});

const paperSchedule = (epochs: number, augmentation: AugmentationOptions): Schedule => ({
  epochs,
  batchSize: PAPER_BATCH,
  learningRate: { kind: 'cosine', final: 0.001 },
  warmUpSteps: 10 * PAPER_STEPS,
  batchNormMomentum: 0.9,
  augmentation,
});

const paperBackbone = { name: 'resnet', depth: 50, stem: 'cifar', embeddingDim: 128, head: 'mlp' } as const;

/**
 * The paper's own protocol on CIFAR-10, with 5,000 training images held out: ResNet-50, 1,000 epochs in batches of 1,024 images.
 * Learning rates of the released code belong to its loss, which is tau / 0.07 times the paper's.
 *
 * @see https://github.com/HobbitLong/SupContrast (README, main_supcon.py, main_ce.py, main_linear.py)
 */
export const cifarContrastPaper: RunConfig = {
  data: { name: 'cifar10', trainImages: 45_000, validationImages: 5000, testImages: 10_000 },
  backbone: paperBackbone,
  loss: { name: 'supcon', temperature: 0.1, rescale: 'baseTemperature' },
  optimiser: paperSgd({ rate: 0.5 }),
  schedule: paperSchedule(1000, augmentations.twoViews),
  evaluation: probed({ learningRates: [0.5, 1, 5, 10], epochs: 100, batchSize: 512, corruptedImages: 10_000 }),
  execution: { threads: 2, mode: 'recorded', precision: 'float32' },
};

/** Sections in which the paper's SimCLR and cross-entropy differ from its SupCon. */
export const inContrastPaper = {
  /** The factor tau / 0.07 on the loss is one on the rate, and its inverse on the decay. */
  simclr: { loss: { name: 'simclr', temperature: 0.5 } as LossConfig, optimiser: paperSgd({ rate: (0.5 * 0.5) / 0.07, decay: (1e-4 * 0.07) / 0.5 }) },
  crossEntropy: {
    backbone: { ...paperBackbone, embeddingDim: 0, head: 'linear' },
    loss: { name: 'softmax' } as LossConfig,
    optimiser: paperSgd({ rate: 0.8 }),
    schedule: paperSchedule(500, augmentations.supconCrossEntropy),
  },
} as const;

/** Augmentations by the names that rows of contrast use. */
export const views = {
  oneOfSupcon: { ...augmentations.twoViews, views: 1 },
  twoOfSupcon: augmentations.twoViews,
  fourOfSupcon: { ...augmentations.twoViews, views: 4 },
  twoPlain: { ...augmentations.supconCrossEntropy, views: 2 },
} as const satisfies Readonly<Record<string, AugmentationOptions>>;
