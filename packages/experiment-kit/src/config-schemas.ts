import type { OptimiserConfig, ScheduleConfig } from '@hypersphere/training';
import { z } from 'zod';

import type { EvaluationConfig, ExecutionConfig } from './run-config';

const share = z.number().min(0).max(1);
const above0 = z.number().positive();
const whole = z.number().int().nonnegative();
const count = z.number().int().positive();

const decay = {
  weightDecay: z.number().min(0).default(0),
  decayNormalisation: z.boolean().default(false),
  decayBias: z.boolean().default(false),
  decayPrelu: z.boolean().default(false),
  decayLoss: z.boolean().default(true),
  lossLearningRate: above0.optional(),
};

const sgd = z.strictObject({ name: z.literal('sgd'), learningRate: above0, momentum: share.default(0.9), nesterov: z.boolean().default(false), ...decay });
const adam = z.strictObject({
  name: z.enum(['adam', 'adamw']),
  learningRate: above0,
  beta1: share.default(0.9),
  beta2: share.default(0.999),
  epsilon: above0.default(1e-8),
  ...decay,
});

export const optimiserSchema: z.ZodType<OptimiserConfig> = z.discriminatedUnion('name', [sgd, adam]);

const learningRate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  z.strictObject({ kind: z.literal('step'), at: z.array(above0).min(1), factor: above0 }),
  z.strictObject({ kind: z.literal('cosine'), final: share.default(0) }),
  z.strictObject({ kind: z.literal('linear'), final: share.default(0) }),
]);

const lambda = z.strictObject({
  base: z.number().min(0),
  gamma: above0.optional(),
  floorAtStep: above0.optional(),
  power: above0.default(1),
  floor: z.number().min(0),
});

export const scheduleSchema: z.ZodType<ScheduleConfig> = z
  .strictObject({
    steps: count.optional(),
    epochs: above0.optional(),
    batchSize: count,
    classBalance: z.strictObject({ classesPerBatch: count, imagesPerClass: count }).optional(),
    learningRate,
    warmUpSteps: whole.default(0),
    sampleRate: above0.max(1).optional(),
    gradientClip: z.strictObject({ norm: above0, scope: z.enum(['all', 'backbone']).default('all') }).optional(),
    batchNormMomentum: share,
    lossPerExit: z.boolean().optional(),
    augmentation: z.looseObject({}).optional(),
    annealing: z.strictObject({ lambda: lambda.optional(), margin: z.looseObject({}).optional() }).optional(),
  })
  .refine((schedule) => (schedule.steps === undefined) !== (schedule.epochs === undefined), 'expected exactly one of steps and epochs')
  .refine(
    ({ batchSize, classBalance }) => classBalance === undefined || classBalance.classesPerBatch * classBalance.imagesPerClass === batchSize,
    'expected batchSize to be classBalance.classesPerBatch * classBalance.imagesPerClass',
  ) as unknown as z.ZodType<ScheduleConfig>;

const probe = z.strictObject({
  features: z.string().min(1).default('pool'),
  classifier: z.enum(['own', 'probe']).default('own'),
  learningRates: z.array(above0).min(1),
  epochs: count,
  batchSize: count,
  corruptedImages: whole.default(0),
});

const testTime = z.strictObject({ maxShare: share.optional(), slope: share.optional(), beta: z.number().min(0).optional() });
const reranking = z
  .strictObject({ k1: count.default(20), k2: count.default(6), lambda: share.default(0.3) })
  .refine(({ k1, k2 }) => k2 <= k1 + 1, 'expected k2 to be at most k1 + 1');

export const evaluationSchema: z.ZodType<EvaluationConfig> = z.strictObject({
  kind: z.enum(['open-set', 'geometry', 'probe', 'authorship']),
  split: z.enum(['validation', 'test']),
  pairsPerFold: count,
  replicates: whole,
  mirror: z.enum(['none', 'sum', 'concat']),
  keepEmbeddings: whole,
  validationPoints: whole,
  exit: count.optional(),
  clustered: z.literal(true).optional(),
  testTime: testTime.optional(),
  cameras: z.literal('groups').optional(),
  reranking: reranking.optional(),
  paddingBatch: count.optional(),
  probe: probe.optional(),
})
  .refine(({ kind, probe: given }) => (kind === 'probe') === (given !== undefined), "expected probe with kind 'probe', and only there")
  .refine(({ kind, paddingBatch }) => kind === 'authorship' || paddingBatch === undefined, "expected paddingBatch with kind 'authorship' only")
  .refine(({ kind, testTime: network, cameras, reranking: order }) => kind !== 'probe' || (network ?? cameras ?? order) === undefined, "expected testTime, cameras and reranking without kind 'probe'")
  .refine(({ exit, testTime: network }) => exit === undefined || network === undefined, 'expected exit or testTime, not both');

export const executionSchema: z.ZodType<ExecutionConfig> = z
  .strictObject({
    threads: count,
    xla: z.literal(true).optional(),
    mode: z.enum(['recorded', 'eager']),
    precision: z.enum(['float32', 'bfloat16']).default('float32'),
  })
  .refine(({ mode, precision }) => mode === 'recorded' || precision === 'float32', "expected precision 'float32' with mode 'eager': only a recorded step can be in bfloat16")
  .refine(({ mode, xla }) => mode === 'recorded' || xla === undefined, "expected no xla with mode 'eager': only a recorded step can be compiled");
