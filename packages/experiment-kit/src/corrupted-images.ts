import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { corrupt, type CorruptionName, type ImageSet, type Severity } from '@hypersphere/data';
import { cacheFolder, randomStream, writeAtomically } from '@hypersphere/engine';

/** Raise it when `corrupt` gives other images. */
const VERSION = 1;
/** Bytes of a SHA-256. */
const DIGEST = 32;

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/**
 * A set under a corruption, from the cache after the first time: elastic transforms of many images take longer than a small
 * network. The images depend on nothing but the set's, so all models see the same.
 *
 * @throws RangeError if the images are not of 32 by 32 pixels in colour
 */
export async function corruptedImages(set: ImageSet, name: CorruptionName, severity: Severity): Promise<ImageSet> {
  const path = join(cacheFolder('data', 'corrupted'), `${digestOf(set.images).toString('hex').slice(0, 16)}-${name}-${severity}-${VERSION}.bin`);
  const stored = await readSound(path, set.images.length);
  if (stored !== undefined) return { ...set, images: stored };
  const images = await corrupt(set, name, severity, randomStream(0, 'generated-data', 'corruption', name, severity));
  // a full disk costs time only
  await writeAtomically(path, Buffer.concat([digestOf(images), images])).catch(() => undefined);
  return { ...set, images };
}

/** The images behind their digest; undefined if there are none, or damaged ones. */
async function readSound(path: string, length: number): Promise<Uint8Array | undefined> {
  const file = await readFile(path).catch(() => undefined);
  if (file?.length !== DIGEST + length) return undefined;
  const images = file.subarray(DIGEST);
  return file.subarray(0, DIGEST).equals(digestOf(images)) ? new Uint8Array(images) : undefined;
}
