import { resolveBackbone } from '@hypersphere/backbones';
import { resolveLoss } from '@hypersphere/core-losses';
import { resolveDataConfig } from '@hypersphere/data';
import { HypersphereError } from '@hypersphere/engine';
import { z } from 'zod';

import { evaluationSchema, executionSchema, optimiserSchema, scheduleSchema } from './config-schemas';
import type { RunConfig } from './run-config';

/**
 * A config with all defaults filled in and every value checked; what is hashed, stored and run.
 *
 * @param where names the config in errors, e.g. `cosface/m=0.35`
 * @throws HypersphereError with the path, the expected and the received value
 */
export function resolveRunConfig(config: RunConfig, where: string): RunConfig {
  const { entry: _, options, ...rest } = named(where, 'loss', () => ({ ...resolveLoss(config.loss), name: config.loss.name }));
  return {
    data: named(where, 'data', () => resolveDataConfig(config.data)),
    backbone: named(where, 'backbone', () => resolveBackbone(config.backbone)),
    loss: { ...rest, ...options } as RunConfig['loss'],
    optimiser: parsed(where, 'optimiser', optimiserSchema, config.optimiser),
    schedule: parsed(where, 'schedule', scheduleSchema, config.schedule),
    evaluation: parsed(where, 'evaluation', evaluationSchema, config.evaluation),
    execution: parsed(where, 'execution', executionSchema, config.execution),
  };
}

function parsed<T>(where: string, section: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${where}: ${[section, ...issue.path].join('.')}: ${issue.message}, received ${JSON.stringify(at(value, issue.path))}`);
  throw new HypersphereError(lines.join('\n'), { exitCode: 2 });
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
