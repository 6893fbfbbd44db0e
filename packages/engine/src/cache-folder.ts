import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * A path in the per-user cache: what can be made again at any time (engine, packed data, checkpoints).
 * The environment variable `HYPERSPHERE_CACHE` overrides where it is. Nothing is created.
 *
 * @param parts names below the cache's root
 * @returns an absolute path
 */
export function cacheFolder(...parts: string[]): string {
  const chosen = process.env['HYPERSPHERE_CACHE'];
  const root = chosen === undefined || chosen === '' ? envPaths('hypersphere', { suffix: '' }).cache : resolve(chosen);
  return join(root, ...parts);
}
