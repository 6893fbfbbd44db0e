import { casiaWebFace, type RunConfig, type Sections } from '@hypersphere/experiment-kit';

const BATCH = 512;

const faces = (train: string, test: string): RunConfig['data'] => ({ name: 'folder', train, test, height: 112, width: 112, channels: 3 });

/** 20 epochs: 3 of linear warm-up, then a cosine down to 0, at every step. */
const schedule = (images: number): RunConfig['schedule'] => ({
  epochs: 20,
  batchSize: BATCH,
  learningRate: { kind: 'cosine' },
  warmUpSteps: 3 * Math.floor(images / BATCH),
  batchNormMomentum: 0.9,
  augmentation: { mirror: true },
});

const iresnet = (depth: 34 | 100): RunConfig['backbone'] => ({ name: 'iresnet', depth, dropout: 0 });

/**
 * The paper's protocol, of its released code: MS1M-ArcFace (5.8 million images of 85,742 people) trains a network of 100
 * layers, all of whose weights decay. The user supplies the sets as folders, one a person, faces aligned and cropped.
 *
 * @see https://github.com/Jung-Jun-Uk/UNPG
 */
export const ms1m: RunConfig = {
  ...casiaWebFace({ backbone: iresnet(100), steps: 1, dropAt: [1], batchSize: BATCH, size: [112, 112], mirror: 'concat' }),
  data: faces('ms1mv2', 'lfw'),
  schedule: schedule(5_800_000),
  optimiser: { name: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, decayBias: true, decayPrelu: true, decayNormalisation: true },
};

/** K-FACE, T4: 3,862,800 images of 370 people under all conditions of light, expression, pose and accessory; 34 layers. */
export const kface: Sections = { data: faces('k-face-t4', 'k-face'), backbone: iresnet(34), schedule: schedule(3_862_800) };

/** Hosts and UNPG with the constants of the released configuration; scale 64 and whisker 1.5 are the defaults. */
export const published = {
  cosface: { name: 'cosface', scale: 64, margin: 0.5 },
  'cosface + unpg': { name: 'unpg', host: 'cosface', cosineMargin: 0.5 },
  arcface: { name: 'arcface', scale: 64, marginRadians: 0.5, beyondPi: 'none' },
  'arcface + unpg': { name: 'unpg', host: 'arcface', marginRadians: 0.5 },
  magface: { name: 'magface' },
  'magface + unpg': { name: 'unpg', host: 'magface' },
} as const satisfies Record<string, RunConfig['loss']>;
