import { createHash } from 'node:crypto';
import { isRows, type ExampleSet } from '@hypersphere/data';
import * as tf from '@tensorflow/tfjs';

import type { TrainingConfig } from './config';
import type { Execution } from './step-runner';
import { TRAINING_VERSION } from './training-version';

/**
 * Digest of all that decides a training's bits: config, seed, images, backend, mode, precision, threads, XLA and version of the training code.
 * A checkpoint is resumed only where it is the same.
 *
 * @param execution also, where a training goes on from an earlier one, the digest of that one
 * @returns 16 hex digits
 */
export function runDigest({ backbone, loss, optimiser, schedule }: TrainingConfig, { mode, precision, start }: Execution & { readonly start?: string | undefined }, seed: number, data: ExampleSet): string {
  const { labels, classes } = data;
  const threads = process.env['TF_NUM_INTRAOP_THREADS'] ?? 'default';
  const lower = precision === 'float32' ? undefined : precision;
  const xla = process.env['TF_XLA_FLAGS'];
  const run = { backbone, loss, optimiser, schedule, seed, backend: tf.getBackend(), mode, precision: lower, threads, xla, start, version: TRAINING_VERSION };
  const hash = createHash('sha256').update(JSON.stringify({ ...run, ...shapeOf(data), classes }, withSortedKeys));
  return hash.update(isRows(data) ? data.rows : data.images).update(labels).digest('hex').slice(0, 16);
}

function shapeOf(data: ExampleSet): object {
  return isRows(data) ? { kind: data.kind, size: data.size } : { height: data.height, width: data.width, channels: data.channels };
}

function withSortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
