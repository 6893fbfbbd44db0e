import { HypersphereError } from '@hypersphere/engine';

const meanings: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the disk quota is used up. Free some space',
  EROFS: 'the file system is read-only. Make it writable',
  EACCES: 'permission denied. Change the permissions',
  EPERM: 'permission denied. Change the permissions',
  ENOTDIR: 'a part of the path is a file, not a folder. Move it away',
};

/**
 * Turns an error of the file system into one line with the way out; any other error is handed back as it is.
 *
 * @param error what was caught
 * @param path the file or folder that was to be written
 */
export function fileProblem(error: unknown, path: string): unknown {
  const { code = '', syscall } = (error ?? {}) as NodeJS.ErrnoException;
  // making folders on a read-only file system is reported so
  const meaning = code === 'ENOENT' && syscall === 'mkdir' ? meanings['EROFS'] : meanings[code];
  if (meaning === undefined || error instanceof HypersphereError) return error;
  return new HypersphereError(`data: cannot write ${path}: ${meaning}, or set HYPERSPHERE_CACHE to another folder, and try again`, { cause: error });
}
