import { stat } from 'node:fs/promises';
import { HypersphereError } from '@hypersphere/engine';
import { type DataConfig, resolveDataConfig } from './config';
import { sourceOf } from './data-sets';
import { isFetched } from './fetch/fetch-packages';
import { packedPath } from './load-data';

/** What a config still needs before it can be read, for plans and dry runs. */
export interface Preparation {
  readonly ready: boolean;
  readonly downloadBytes: number;
  readonly diskBytes: number;
  /** What the user must do first: supply data that is not there. */
  readonly problem?: string;
}

/** Looks into the cache; fetches and writes nothing. */
export async function preparationOf(config: DataConfig): Promise<Preparation> {
  const resolved = resolveDataConfig(config);
  const none = { ready: true, downloadBytes: 0, diskBytes: 0 };
  if (resolved.name === 'generated' || (resolved.name === 'posts' && resolved.generated !== undefined)) return none;
  const source = sourceOf(resolved.name);
  const supplied = await source.supplied?.(resolved).catch(problemOf);
  if (typeof supplied === 'string') return { ready: false, downloadBytes: 0, diskBytes: 0, problem: supplied };
  if (await stat(packedPath(resolved, supplied?.listing)).catch(() => undefined)) return none;
  const packages = source.packages(resolved);
  const there = await Promise.all(packages.map(isFetched));
  const missing = packages.filter((_, at) => !there[at]);
  const downloadBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  return { ready: false, downloadBytes, diskBytes: downloadBytes + (supplied?.bytes ?? source.renderedBytes(resolved)) };
}

function problemOf(error: unknown): string {
  if (error instanceof HypersphereError) return error.message;
  throw error;
}
