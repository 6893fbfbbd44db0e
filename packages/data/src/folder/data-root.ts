import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import { shownName, shownNames } from './shown-name';

/** The environment variable that says where the user keeps image folders. */
export const rootVariable = 'HYPERSPHERE_DATA';

/** What stands in the way of every message: the sets belong to others. */
export const askTheOwners = 'Such sets are no part of this project: get them from their owners, under their licences';

type Config = Pick<ConfigOf<'folder'>, 'train' | 'validation' | 'test' | 'height' | 'width'>;

/** Names of the sets that a config reads. */
export const setNames = ({ train, validation, test }: Config): string[] => [train, validation, test].flatMap((name) => name ?? []);

/**
 * The folder that HYPERSPHERE_DATA names, with no link left in its path; it may be relative to the working directory.
 *
 * @throws HypersphereError that says what is expected where, if it or a set in it is missing
 */
export async function dataRoot(config: Config): Promise<string> {
  const given = process.env[rootVariable];
  if (given === undefined || given === '') throw missing(`${rootVariable} is not set; set it to a folder that holds`, config);
  const root = await realpath(resolve(given)).catch(() => undefined);
  if (root === undefined || !(await isFolder(root))) {
    throw missing(`the folder that ${rootVariable} names is not there or cannot be read; it must hold`, config);
  }
  const absent = await Promise.all(setNames(config).map(async (name) => ((await isFolder(join(root, name))) ? [] : [name])));
  if (absent.flat().length > 0) {
    throw missing(`the folder that ${rootVariable} names has no folder ${shownNames(absent.flat())} (it has ${await foldersIn(root)}); it must hold`, config);
  }
  return root;
}

function missing(problem: string, config: Config): HypersphereError {
  const names = setNames(config).map(shownName).join(' and ');
  return new HypersphereError(
    `data.folder: ${problem} ${names}, in each one folder a class with JPEG, PNG or WebP images, aligned, ${config.height} pixels high and ${config.width} wide. ${askTheOwners}`,
  );
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

/** What a folder holds, for messages. */
export async function foldersIn(root: string): Promise<string> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  return names.length === 0 ? 'none' : shownNames(names.sort());
}
