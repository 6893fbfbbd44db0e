import type { Sections } from '../define-experiment';
import type { RunConfig } from '../run-config';
import { adam, tuned } from './tuned';

/**
 * The margin papers at lab scale: verification and identification of Korean syllables (class) across typefaces (image),
 * unseen syllables in unseen typefaces. It stands in for face recognition, whose data cannot be redistributed: many
 * classes, few images of each, test classes that were never trained, and a nuisance (the typeface) that impostors share.
 */
export const openSetHangul: Readonly<Record<'smoke' | 'quick' | 'standard', RunConfig>> = {
  smoke: {
    data: { name: 'generated', height: 16, width: 16, trainClasses: 6, validationClasses: 4, testClasses: 20, distractorClasses: 4, imagesPerClass: 8 },
    backbone: { name: 'small-resnet', width: 4, embeddingDim: 8 },
    loss: { name: 'softmax' },
    optimiser: { name: 'adam', learningRate: 0.01 },
    schedule: schedule({ epochs: 2, batchSize: 16, floorAtStep: 1 }),
    evaluation: { kind: 'open-set', split: 'test', pairsPerFold: 10, replicates: 20, mirror: 'none', keepEmbeddings: 40, validationPoints: 1 },
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
  quick: {
    data: { name: 'hangul', trainClasses: 200, validationClasses: 400, testClasses: 200, distractorClasses: 200 },
    backbone: { name: 'small-resnet', width: 8, embeddingDim: 64 },
    loss: { name: 'softmax' },
    optimiser: { name: 'adam', learningRate: 0.02 },
    schedule: { ...schedule({ epochs: 12, batchSize: 80, floorAtStep: floorAt(480) }), augmentation: { shiftPixels: 2 } },
    evaluation: { kind: 'open-set', split: 'test', pairsPerFold: 150, replicates: 200, mirror: 'none', keepEmbeddings: 0, validationPoints: 4 },
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
  standard: {
    data: { name: 'hangul', trainClasses: 600, validationClasses: 400, testClasses: 600, distractorClasses: 400 },
    backbone: { name: 'small-resnet', width: 16, embeddingDim: 64 },
    loss: { name: 'softmax' },
    optimiser: { name: 'adam', learningRate: 0.01 },
    schedule: { ...schedule({ epochs: 7, batchSize: 80, floorAtStep: floorAt(840) }), augmentation: { shiftPixels: 2 } },
    evaluation: { kind: 'open-set', split: 'test', pairsPerFold: 300, replicates: 200, mirror: 'none', keepEmbeddings: 0, validationPoints: 7 },
    execution: { threads: 1, mode: 'recorded', precision: 'float32' },
  },
};

/** Batch-hard triplets of angles, from batches with four images of each class; the margin papers' point of comparison. */
export function angularTriplet(base: RunConfig): Pick<RunConfig, 'loss' | 'optimiser' | 'schedule'> {
  const { learningRate, margin } = tuned.triplet;
  const classBalance = { classesPerBatch: Math.floor(base.schedule.batchSize / 4), imagesPerClass: 4 };
  return {
    loss: { name: 'tripletBatchHard', distance: 'angular', margin },
    optimiser: adam(learningRate),
    schedule: { ...base.schedule, classBalance },
  };
}

/**
 * Ten digits in two dimensions: what a loss does to the geometry can be seen. Features and prototypes are kept for
 * figures; nothing is judged by it.
 */
export function digitsOnCircle(embeddingDim: 2 | 3): Required<Pick<Sections, 'data' | 'backbone' | 'optimiser' | 'schedule' | 'evaluation'>> {
  return {
    data: { name: 'mnist', trainImages: 6000, validationImages: 500, testImages: 1000 },
    backbone: { name: 'mnist-cnn', width: 8, embeddingDim },
    optimiser: { name: 'adam', learningRate: 0.003 },
    schedule: schedule({ epochs: 6, batchSize: 100, floorAtStep: 200, floor: 0.5 }),
    evaluation: { kind: 'geometry', split: 'test', pairsPerFold: 10, replicates: 0, mirror: 'none', keepEmbeddings: 600, validationPoints: 1 },
  };
}

/**
 * A variant as the smoke profile runs it: on generated data, for a handful of steps. It shows that all parts work, never
 * scores. What the variant does to its data and its schedule stays: the long tail, label noise, annealing, a loss per exit,
 * the share of classes a step.
 */
export function smokeSize({ data: own, schedule, pretraining, ...others }: RunConfig): RunConfig {
  const { longTail, labelNoise } = own.name === 'posts' ? {} : own;
  const { data } = openSetHangul.smoke;
  const first = pretraining && { pretraining: { ...pretraining, schedule: smokeSchedule(pretraining.schedule) } };
  return { ...others, ...first, data: { ...data, ...(longTail && { longTail }), ...(labelNoise && { labelNoise }) }, schedule: smokeSchedule(schedule) };
}

function smokeSchedule({ annealing, classBalance, lossPerExit, sampleRate }: RunConfig['schedule']): RunConfig['schedule'] {
  const kept = { ...(annealing && { annealing }), ...(lossPerExit && { lossPerExit }), ...(sampleRate && { sampleRate }), ...(classBalance && { classBalance: { classesPerBatch: 4, imagesPerClass: 4 } }) };
  return { ...openSetHangul.smoke.schedule, ...kept };
}

/** The schedule for a training of so many steps: lambda reaches its floor after the tuned share of them. */
export function annealedOver(steps: number, { annealing, ...rest }: RunConfig['schedule']): RunConfig['schedule'] {
  if (annealing?.lambda === undefined) return { ...rest, ...(annealing && { annealing }) };
  return { ...rest, annealing: { ...annealing, lambda: { ...annealing.lambda, floorAtStep: floorAt(steps) } } };
}

/** Step at which the tuned annealing of A-Softmax is at its floor. */
function floorAt(steps: number): number {
  return Math.round(tuned.sphereface.floorAtShare * steps);
}

/** Cosine down to zero. With few steps A-Softmax must reach its floor late, or the embeddings shrink to zero (loss ln C). */
function schedule({ epochs, batchSize, floorAtStep, floor = 5 }: { epochs: number; batchSize: number; floorAtStep: number; floor?: number }): RunConfig['schedule'] {
  return {
    epochs,
    batchSize,
    learningRate: { kind: 'cosine' },
    batchNormMomentum: 0.9,
    annealing: { lambda: { base: 1000, floorAtStep, floor } },
  };
}
