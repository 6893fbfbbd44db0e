import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file only when its bytes differ, by a temporary name and a rename, so that repeating a report
 * touches nothing and a reader never sees half a file.
 *
 * @param path file to write; its folder is made
 * @param content text (UTF-8) or bytes
 * @returns true if the file was written
 */
export async function writeIfChanged(path: string, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
  const old = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (old !== undefined && old.equals(bytes)) return false;
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, bytes);
  await rename(partial, path);
  return true;
}
