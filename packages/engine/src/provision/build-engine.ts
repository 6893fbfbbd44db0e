import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { HypersphereError } from '../errors';
import { compileBinding, findCompilers } from './compile-binding';
import { fetchWheel, findPip } from './fetch-wheel';
import { BINDING_FILE, type Places } from './places';
import { prove } from './proof';
import { unpackWheel } from './unpack-wheel';
import type { Wheel } from './wheels';

/** While it is made: wheel, pip's copy of it, libraries. */
const BYTES_NEEDED = 1_500_000_000;
const UNFINISHED = '.unfinished-';

export type Log = (line: string) => void;

export const logFile = ({ engines }: Places): string => join(engines, 'provision.log');

/**
 * Makes the engine of the cache out of the wheel of this platform: fetch, unpack, compile, prove, move into place.
 * It is made in a folder beside, so that an engine in its place is always whole. The caller holds the lock.
 */
export async function buildEngine(places: Places, log: Log): Promise<void> {
  const { wheel, engines, engine, packageFolder } = places;
  if (wheel === undefined) throw new HypersphereError(`there is no TensorFlow wheel for ${process.platform} ${process.arch}`);
  await removeUnfinished(engines);
  // before the download, not after it
  await findCompilers(logFile(places));
  await findPip(logFile(places));
  const folder = join(engines, `${UNFINISHED}${randomUUID()}`);
  await mkdir(folder);
  try {
    await fill(folder, { wheel, packageFolder, logTo: logFile(places) }, log);
    await replaceFolder(folder, engine, engines);
  } finally {
    await removeUnfinished(engines);
  }
}

interface Ingredients {
  readonly wheel: Wheel;
  readonly packageFolder: string;
  readonly logTo: string;
}

async function fill(folder: string, { wheel, packageFolder, logTo }: Ingredients, log: Log): Promise<void> {
  log(`engine: downloading TensorFlow ${wheel.tensorflow} (${wheel.megabytes} MB)`);
  const downloads = join(folder, 'download');
  await mkdir(downloads);
  const file = await fetchWheel(wheel, downloads, logTo);
  log('engine: unpacking its libraries (850 MB)');
  await unpackWheel(file, folder).catch(asFullDisk);
  await rm(downloads, { recursive: true });
  log('engine: compiling the binding (about 10 s)');
  await compileBinding(folder, packageFolder, logTo);
  await rm(join(folder, 'include'), { recursive: true });
  const result = await prove(join(folder, BINDING_FILE));
  if (!result.ok) throw new HypersphereError(`the engine was built but does not work: ${result.why}`);
  const { requirement, sha256 } = wheel;
  await writeFile(join(folder, 'engine.json'), `${JSON.stringify({ format: 1, ...result.proof, files: undefined, requirement, sha256 }, null, 2)}\n`);
}

async function replaceFolder(from: string, to: string, engines: string): Promise<void> {
  const old = join(engines, `${UNFINISHED}${randomUUID()}`);
  await rename(to, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(from, to);
}

/** What a provisioning that was killed left behind. Only one runs at a time, so none of it is in use. */
async function removeUnfinished(engines: string): Promise<void> {
  const left = (await readdir(engines)).filter((name) => name.startsWith(UNFINISHED));
  await Promise.all(left.map((name) => rm(join(engines, name), { recursive: true, force: true, maxRetries: 5 })));
}

/** @throws HypersphereError if the disk has no room for an engine */
export async function checkSpace(engines: string): Promise<void> {
  const { bavail, bsize } = await statfs(engines);
  if (bavail * bsize >= BYTES_NEEDED) return;
  throw new HypersphereError(
    `not enough disk space for the engine: needs ${gigabytes(BYTES_NEEDED)} GB free in ${engines}, has ${gigabytes(bavail * bsize)}; ` +
      'make room, or set HYPERSPHERE_CACHE to a folder on another disk',
  );
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

function asFullDisk(error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOSPC') throw error;
  throw new HypersphereError('the disk became full while unpacking the engine; set HYPERSPHERE_CACHE to a folder on another disk', { cause: error });
}
