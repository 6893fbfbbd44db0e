import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';

/** Node.js reads no more in one call. */
const MOST_AT_ONCE = 2 ** 30;

/**
 * Opens a file for reading. A pipe, a device or a folder is refused before anything is read of it: reading a pipe may wait for ever, and
 * a device may never end.
 *
 * @returns the file descriptor, and its size in bytes
 * @throws Error with a `code`: the file system's, or `ENOTFILE`
 */
export function openPlainFile(path: string): { readonly file: number; readonly size: number } {
  refuseOther(statSync(path));
  // should it have become a pipe meanwhile, opening it must not wait
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    refuseOther(stats);
    return { file, size: stats.size };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * The bytes of a plain file.
 *
 * @param most bytes; a larger file is refused before memory is taken for it
 * @throws Error with a `code`: the file system's, `ENOTFILE`, or `EFBIG`
 */
export function readPlainFile(path: string, most: number): Buffer {
  const { file, size } = openPlainFile(path);
  try {
    if (size > most) throw failed('EFBIG', `expected at most ${most} bytes, got ${size}`);
    const bytes = Buffer.alloc(size);
    let done = 0;
    for (let got = -1; done < size && got !== 0; done += got) got = readSync(file, bytes, done, Math.min(MOST_AT_ONCE, size - done), done);
    return bytes.subarray(0, done);
  } finally {
    closeSync(file);
  }
}

function refuseOther(stats: Stats): void {
  if (!stats.isFile()) throw failed('ENOTFILE', `expected a plain file, got ${kindOf(stats)}`);
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isFIFO() ? 'a pipe' : stats.isSocket() ? 'a socket' : 'a device';
}

const failed = (code: string, message: string): Error => Object.assign(new Error(message), { code });
