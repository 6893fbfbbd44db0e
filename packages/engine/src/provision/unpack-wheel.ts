import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

export const LIBRARIES = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/** Where an entry of the wheel goes, or undefined if it is not needed: libraries to the top, headers below `include`. */
function placeOf(entry: string): string | undefined {
  const [root, ...rest] = entry.split('/');
  if (root !== 'tensorflow') return undefined;
  if (rest.length === 1 && LIBRARIES.some((library) => library === rest[0])) return rest[0];
  const header = /^include\/(tensorflow\/c|tensorflow\/core\/platform|tensorflow\/tsl|tsl|xla\/tsl)\/.*\.h$/;
  return header.test(rest.join('/')) ? rest.join('/') : undefined;
}

/**
 * Takes the two libraries and the headers that the binding needs out of a TensorFlow wheel.
 *
 * @throws Error if the wheel is damaged, lacks a library, or an entry would be written outside of `folder`
 */
export async function unpackWheel(wheel: string, folder: string): Promise<void> {
  const zip = await openPromise(wheel); // refuses names that are absolute or hold '..'
  const found: string[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined) continue;
      const target = join(folder, place);
      if (!resolve(target).startsWith(resolve(folder) + sep)) throw new Error(`${basename(wheel)}: '${entry.fileName}' points outside`);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      found.push(place);
    }
  } finally {
    zip.close();
  }
  const lacking = LIBRARIES.filter((library) => !found.includes(library));
  if (lacking.length > 0) throw new Error(`${basename(wheel)}: has no ${lacking.join(', no ')}`);
}
