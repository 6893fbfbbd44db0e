import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder, HypersphereError, withLock } from '@hypersphere/engine';
import { type ConfigOf, type DataConfig, type ImageDataConfig, resolveDataConfig, type ResolvedDataConfig } from './config';
import type { MadeSets } from './data-source';
import { imageSourceOf } from './data-sets';
import { fetchPackages } from './fetch/fetch-packages';
import { fileProblem } from './file-problem';
import { makeGenerated } from './generated';
import type { ImageSet, LoadedData } from './image-set';
import { packedKey } from './manifest';
import { type Packed, packedDigestOf, readPacked, writePacked } from './packed/packed-file';
import { withLabelNoise } from './train-set/label-noise';
import { longTailed } from './train-set/long-tail';

export interface LoadOptions {
  readonly log?: (line: string) => void;
}

/**
 * The images of a config. On first use: fetches the packages, checks them, draws or decodes the images and packs them into one
 * file in the cache; later: reads that file and checks its digest. A damaged file is made again, and so is one of supplied files that
 * have changed. The whole file is read into one buffer.
 *
 * @param config plain JSON
 * @returns the sets, and the SHA-256 of the packed images
 * @throws HypersphereError with the way out: wrong config, no network, wrong checksum, full disk, cache that cannot be written,
 *   supplied files that are not there or cannot be decoded
 */
export async function loadData(config: DataConfig, { log }: LoadOptions = {}): Promise<LoadedData> {
  const resolved = resolveDataConfig(config);
  if (resolved.name === 'posts') throw new HypersphereError("data.name: expected a set of images, got \"posts\", whose texts are read by loadTexts", { exitCode: 2 });
  const { sets, digest } = resolved.name === 'generated' ? inMemory(resolved) : await packed(resolved, log);
  const { outsiders, ...parts } = sets;
  return { ...parts, train: trainSet(resolved, sets.train, outsiders), packedDigest: digest };
}

/** The packed file of a config in the cache; `listing` tells supplied files apart. */
export const packedPath = (config: ResolvedDataConfig, listing?: string): string =>
  cacheFolder('data', 'packed', `${[config.name, packedKey(config).slice(0, 16), ...(listing === undefined ? [] : [listing.slice(0, 16)])].join('-')}.pack`);

function inMemory(config: ConfigOf<'generated'>): Packed {
  const sets = makeGenerated(config);
  return { sets, digest: packedDigestOf(packedKey(config), sets) };
}

async function packed(config: ImageDataConfig, log?: (line: string) => void): Promise<Packed> {
  const supplied = await imageSourceOf(config.name).supplied?.(config);
  // the listing is not in the file: equal images have one digest, whenever their files were copied
  const [path, key] = [packedPath(config, supplied?.listing), packedKey(config)];
  const there = await readIfSound(path, key, log);
  if (there) return there;
  try {
    return await withLock(path, async () => (await readIfSound(path, key)) ?? (await make(config, path, log)), {
      onWait: () => log?.(`another process is preparing ${config.name}: waiting for it`),
    });
  } catch (error) {
    throw fileProblem(error, path);
  }
}

async function make(config: ImageDataConfig, path: string, log?: (line: string) => void): Promise<Packed> {
  const source = imageSourceOf(config.name);
  await fetchPackages(source.packages(config), { log });
  log?.(`preparing ${config.name}: ${source.title}`);
  await writePacked(path, packedKey(config), await source.make(config, log));
  if (source.supplied) await removeOlder(path);
  const written = await readPacked(path, packedKey(config));
  if (written === undefined) throw new HypersphereError(`data: ${path} was written but is gone; was the cache emptied meanwhile? Try again`);
  return written;
}

/** Removes what was packed before the supplied files changed: it may be many gigabytes. */
async function removeOlder(path: string): Promise<void> {
  const same = basename(path).split('-').slice(0, 2).join('-');
  const older = (await readdir(dirname(path))).filter((name) => name.startsWith(`${same}-`) && name.endsWith('.pack') && name !== basename(path));
  // one that is being read elsewhere may be held: it goes next time
  await Promise.all(older.map((name) => rm(join(dirname(path), name)).catch(() => undefined)));
}

async function readIfSound(path: string, key: string, log?: (line: string) => void): Promise<Packed | undefined> {
  try {
    return await readPacked(path, key);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    log?.(`the packed file ${path} is damaged (${error.message}): making it again`);
    return undefined;
  }
}

function trainSet(config: ImageDataConfig, train: MadeSets['train'], outsiders?: ImageSet): ImageSet {
  const seed = 'splitSeed' in config ? config.splitSeed : 1;
  const sized = config.longTail ? longTailed(train, config.longTail, seed) : train;
  return config.labelNoise ? withLabelNoise(sized, config.labelNoise, outsiders) : sized;
}
