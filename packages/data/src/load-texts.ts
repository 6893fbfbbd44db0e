import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HypersphereError, withLock } from '@hypersphere/engine';
import { digestOf } from './canonical-json';
import { type ConfigOf, type DataConfig, resolveDataConfig } from './config';
import { fetchPackages } from './fetch/fetch-packages';
import { fileProblem } from './file-problem';
import { type LoadOptions, packedPath } from './load-data';
import { packedKey } from './manifest';
import { readTexts, writeTexts } from './packed/packed-texts';
import { archive } from './posts';
import { generatedPosts } from './posts/generated-posts';
import { makePosts } from './posts/make';
import { splitPosts } from './posts/split';
import type { LoadedTexts } from './text-set';

/**
 * The texts of a config, as `loadData` gives images: fetched, checked and packed into the cache on first use. Texts are nowhere else.
 *
 * @throws HypersphereError with the way out: wrong config, no network, wrong checksum, a cache that cannot be written
 */
export async function loadTexts(config: DataConfig, { log }: LoadOptions = {}): Promise<LoadedTexts> {
  const resolved = resolveDataConfig(config);
  if (resolved.name !== 'posts') throw new HypersphereError(`data.name: expected a set of texts, "posts", got "${resolved.name}"`, { exitCode: 2 });
  if (resolved.generated) return generatedTexts(resolved, resolved.generated);
  const [path, key] = [packedPath(resolved), packedKey(resolved)];
  const there = await readIfSound(path, key, log);
  if (there) return there;
  try {
    await mkdir(dirname(path), { recursive: true });
    return await withLock(path, async () => (await readIfSound(path, key)) ?? (await make(resolved, { path, key, log })), {
      onWait: () => log?.('another process is preparing posts: waiting for it'),
    });
  } catch (error) {
    throw fileProblem(error, path);
  }
}

function generatedTexts(config: ConfigOf<'posts'>, generated: NonNullable<ConfigOf<'posts'>['generated']>): LoadedTexts {
  return { ...splitPosts(generatedPosts(generated), config), packedDigest: digestOf(packedKey(config)) };
}

interface Target extends LoadOptions {
  readonly path: string;
  readonly key: string;
}

async function make(config: ConfigOf<'posts'>, { path, key, log }: Target): Promise<LoadedTexts> {
  await fetchPackages([archive], log && { log });
  await writeTexts(path, key, await makePosts(config, log));
  const written = await readTexts(path, key);
  if (written === undefined) throw new HypersphereError(`data: ${path} was written but is gone; was the cache emptied meanwhile? Try again`);
  return written;
}

async function readIfSound(path: string, key: string, log?: LoadOptions['log']): Promise<LoadedTexts | undefined> {
  try {
    return await readTexts(path, key);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    log?.(`the packed file ${path} is damaged (${error.message}): making it again`);
    return undefined;
  }
}
