import { atTestTime, buildBackbone, resolveBackbone } from '@hypersphere/backbones';
import { resolveLoss, type LossConfig } from '@hypersphere/core-losses';
import { resolveDataConfig, rowInput, type ResolvedDataConfig } from '@hypersphere/data';
import { HypersphereError } from '@hypersphere/engine';
import type { z } from 'zod';

import { evaluationSchema, executionSchema, optimiserSchema, scheduleSchema } from './config-schemas';
import type { ExecutionConfig, RunConfig } from './run-config';

/**
 * A config with all defaults filled in and every value checked; what is hashed, stored and run.
 *
 * @param where names the config in errors, e.g. `cosface/m=0.35`
 * @throws HypersphereError with the path, the expected and the received value
 */
export function resolveRunConfig(config: RunConfig, where: string): RunConfig {
  const { entry, options } = named(where, 'loss', () => resolveLoss(config.loss));
  const schedule = parsed(where, 'schedule', scheduleSchema, config.schedule);
  const backbone = named(where, 'backbone', () => resolveBackbone(config.backbone));
  const evaluation = parsed(where, 'evaluation', evaluationSchema, config.evaluation);
  if (evaluation.testTime !== undefined) named(where, 'evaluation.testTime', () => atTestTime(buildBackbone(backbone, ANY_IMAGE), evaluation.testTime ?? {}));
  checkExit(where, evaluation.exit, 'exits' in backbone ? backbone.exits ?? 1 : 1);
  const data = named(where, 'data', () => resolveDataConfig(config.data));
  checkTexts(where, data, { backbone, evaluation });
  checkCameras(where, data, evaluation);
  return {
    data,
    backbone,
    ...(config.pretraining === undefined ? {} : { pretraining: resolvePretraining(config.pretraining, `${where}: pretraining`) }),
    loss: { name: config.loss.name, ...options } as LossConfig,
    optimiser: parsed(where, 'optimiser', optimiserSchema, config.optimiser),
    schedule: { ...schedule, ...annealingFor(entry.annealed ?? [], schedule) },
    evaluation,
    execution: resolveExecution(config.execution, where),
  };
}

/** Texts need an encoder of texts, of their tokens, and are measured by their authors; images by no author. */
function checkTexts(where: string, data: ResolvedDataConfig, { backbone, evaluation }: Pick<RunConfig, 'backbone' | 'evaluation'>): void {
  const wrong = (message: string): HypersphereError => new HypersphereError(`${where}: ${message}`, { exitCode: 2 });
  if ((data.name === 'posts') !== (evaluation.kind === 'authorship')) throw wrong(`evaluation.kind: expected 'authorship' with the data set posts, and only there, received '${evaluation.kind}' with ${data.name}`);
  if (data.name !== 'posts') return;
  named(where, 'backbone', () => buildBackbone(backbone, rowInput(data)));
  const known = 'vocabulary' in backbone ? backbone.vocabulary ?? 0 : Infinity;
  if (data.features.kind === 'tokens' && data.features.vocabulary > known) throw wrong(`backbone.vocabulary: expected at least data.features.vocabulary ${data.features.vocabulary}, received ${known}`);
}

/** A stage's loss, optimiser and schedule, resolved as the main ones are. */
function resolvePretraining({ loss, optimiser, schedule, ...others }: NonNullable<RunConfig['pretraining']>, where: string): NonNullable<RunConfig['pretraining']> {
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new HypersphereError(`${where}: unknown option ${unknown.map((key) => `'${key}'`).join(', ')}`, { exitCode: 2 });
  const { entry, options } = named(where, 'loss', () => resolveLoss(loss));
  const resolved = parsed(where, 'schedule', scheduleSchema, schedule);
  return {
    loss: { name: loss.name, ...options } as LossConfig,
    optimiser: parsed(where, 'optimiser', optimiserSchema, optimiser),
    schedule: { ...resolved, ...annealingFor(entry.annealed ?? [], resolved) },
  };
}

/** Layers have the same names in images of any size. */
const ANY_IMAGE = { height: 224, width: 224, channels: 3 };

/** All images of a face have the same group, its family: every query would lose all that it looks for. */
function checkCameras(where: string, data: ResolvedDataConfig, { cameras }: RunConfig['evaluation']): void {
  if (cameras === undefined || data.name !== 'typefaces' || data.identity === 'family') return;
  throw new HypersphereError(`${where}: evaluation.cameras: needs groups that vary within a class; typefaces have them with data.identity 'family'`, { exitCode: 2 });
}

/** Found before the training, not after it. */
function checkExit(where: string, exit: number | undefined, exits: number): void {
  if (exit === undefined || (exits > 1 && exit <= exits)) return;
  throw new HypersphereError(`${where}: evaluation.exit: expected at most backbone.exits ${exits}, which must be above 1, received ${exit}`, { exitCode: 2 });
}

/** The part of a config that says how it is executed, resolved by itself. */
export function resolveExecution(execution: ExecutionConfig, where: string): ExecutionConfig {
  return parsed(where, 'execution', executionSchema, execution);
}

/** A profile's schedule serves all losses: what a loss does not take from it is no part of its config. */
function annealingFor(names: readonly string[], { annealing = {} }: RunConfig['schedule']): Pick<RunConfig['schedule'], 'annealing'> {
  const taken = Object.fromEntries(Object.entries(annealing).filter(([name]) => names.includes(name)));
  return { annealing: taken };
}

function parsed<T>(where: string, section: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${where}: ${[section, ...issue.path].join('.')}: ${explained(issue, value)}`);
  throw new HypersphereError(lines.join('\n'), { exitCode: 2 });
}

function explained(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return `unknown option ${issue.keys.map((key) => `'${key}'`).join(', ')}`;
  return `${issue.message}, received ${JSON.stringify(at(value, issue.path))}`;
}

function named<T>(where: string, section: string, resolve: () => T): T {
  try {
    return resolve();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError || error instanceof HypersphereError)) throw error;
    const message = error.message.startsWith(section) ? error.message : `${section}: ${error.message}`;
    throw new HypersphereError(`${where}: ${message}`, { exitCode: 2, cause: error });
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
