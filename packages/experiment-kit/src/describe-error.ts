import { homedir } from 'node:os';
import { cacheFolder, HypersphereError } from '@hypersphere/engine';

import { WORKSPACE } from './workspace';

const FRAMES = 5;

/** The message of any error and, unless it is meant for the user, the frames inside the repository; without absolute paths. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return withoutPaths(String(error));
  if (error instanceof HypersphereError || isFileError(error)) return withoutPaths(error.message);
  const frames = (error.stack ?? '').split('\n').filter((line) => line.includes(`${WORKSPACE}/`) && !line.includes('node_modules'));
  return withoutPaths([error.message, ...frames.slice(0, FRAMES).map((line) => line.trim())].join('\n'));
}

/** What the operating system refuses (a full disk, a read-only folder): the user can mend it and try again. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'errno' in error && 'syscall' in error;
}

function withoutPaths(text: string): string {
  return text.replaceAll(`${WORKSPACE}/`, '').replaceAll(cacheFolder(), '<cache>').replaceAll(homedir(), '~');
}
