import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';
import { rootVariable } from './data-root';
import { shownName, shownNames } from './shown-name';

export interface ListedImage {
  /** From the root, with slashes. */
  readonly path: string;
  readonly size: number;
  /** Time of the last change in milliseconds. */
  readonly modified: number;
}

export interface ListedClass {
  readonly name: string;
  readonly images: readonly ListedImage[];
}

export interface ListedSet {
  readonly name: string;
  /** In the order of their names' UTF-16 codes, as the images of each. */
  readonly classes: readonly ListedClass[];
  /** Files and folders that are neither a class nor an image of one. */
  readonly ignored: number;
}

const imageName = /\.(jpe?g|png|webp)$/i;

/**
 * Lists the images of one set: one folder a class, read no deeper; hidden entries are passed over.
 *
 * @param root with no link in its path
 * @param name of a folder in it
 * @throws HypersphereError if a symbolic link leads out of the root or nowhere, or something cannot be read
 */
export async function listSet(root: string, name: string): Promise<ListedSet> {
  const refused: string[] = [];
  await insideRoot(root, name, refused);
  const top = refused.length > 0 ? [] : await entriesOf(root, name, refused);
  const folders = top.filter(({ stats }) => stats.isDirectory());
  const classes: ListedClass[] = [];
  let ignored = top.length - folders.length;
  for (const folder of folders) {
    const entries = await entriesOf(root, folder.path, refused);
    const images = entries.filter((entry) => entry.stats.isFile() && imageName.test(entry.name));
    ignored += entries.length - images.length;
    classes.push({ name: folder.name, images: images.map(({ path, stats }) => ({ path, size: stats.size, modified: stats.mtimeMs })) });
  }
  if (refused.length === 0) return { name, classes, ignored };
  throw new HypersphereError(
    `data.folder: symbolic links must stay in the folder that ${rootVariable} names; ${refused.length} lead out of it or nowhere: ${shownNames(refused.sort())}. Put the files themselves there, or set ${rootVariable} to a folder that holds them`,
  );
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
}

async function entriesOf(root: string, folder: string, refused: string[]): Promise<Entry[]> {
  try {
    const found = (await readdir(join(root, folder), { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    const entries = found.map(async (entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isSymbolicLink() && !(await insideRoot(root, path, refused))) return [];
      return [{ name: entry.name, path, stats: await stat(join(root, path)) }];
    });
    return (await Promise.all(entries)).flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Whether the path, its links followed, is still in the root; notes it in `refused` if not. */
async function insideRoot(root: string, path: string, refused: string[]): Promise<boolean> {
  const target = await realpath(join(root, path)).catch(() => undefined);
  const way = target === undefined ? '..' : relative(root, target);
  const inside = way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  if (!inside) refused.push(path);
  return inside;
}

/** One line about what the user keeps and cannot be read. */
export function unreadable(path: string, error: unknown): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const why = { ENOENT: 'it is gone, or its name is not UTF-8', EACCES: 'permission denied', EPERM: 'permission denied' }[code] ?? code;
  return new HypersphereError(`data.folder: cannot read ${shownName(path)} in the folder that ${rootVariable} names: ${why}`, { cause: error });
}
