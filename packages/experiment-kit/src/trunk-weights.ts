import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buildBackbone, stateDictModules, unusedNames, type BackboneConfig, type WeightsConfig } from '@hypersphere/backbones';
import { cacheFolder, HypersphereError, readPlainFile, readSafetensors, visible, writeAtomically, type HostTensor } from '@hypersphere/engine';

type Weights = Readonly<Record<string, HostTensor>>;

const cached = (sha256: string): string => cacheFolder('weights', `${sha256}.safetensors`);
/** Of the largest file: far more than any backbone here has. */
const MOST_BYTES = 2 ** 31 - 1;
/** Names in a state dict do not depend on the size of the images. */
const ANY_IMAGE = { height: 224, width: 224, channels: 3 };

/**
 * Takes a safetensors file of trunk weights into the cache, under its digest, so that every process finds it.
 *
 * @param path the file; no part of what is returned
 * @param backbone what the weights are for
 * @returns the backbone's config with the weights, and the names in the file that the backbone has no place for
 * @throws HypersphereError if the file cannot be read or no names are known for the backbone
 */
export async function importWeights(path: string, backbone: BackboneConfig): Promise<{ backbone: BackboneConfig; unused: readonly string[] }> {
  const bytes = bytesOf(path);
  const { names, modules } = usable(path, () => ({ names: Object.keys(readSafetensors(bytes)), modules: stateDictModules(backbone) }));
  const weights: WeightsConfig = { file: basename(path), sha256: digestOf(bytes) };
  if (!existsSync(cached(weights.sha256))) await writeAtomically(cached(weights.sha256), bytes);
  return { backbone: { ...backbone, weights }, unused: unusedNames(buildBackbone(backbone, ANY_IMAGE), modules, names) };
}

/**
 * The weights that a backbone's config names, from the cache.
 *
 * @returns nothing if it names none
 * @throws HypersphereError if the cache does not have them, or has other bytes
 */
export async function cachedWeights({ weights }: BackboneConfig): Promise<Weights | undefined> {
  if (weights === undefined) return undefined;
  const wayOut = `give the file again: train ... --weights ${weights.file}`;
  const bytes = await readFile(cached(weights.sha256)).catch((cause: unknown) => {
    throw new HypersphereError(`the weights ${weights.file} (SHA-256 ${weights.sha256}) are not in the cache; ${wayOut}`, { cause });
  });
  if (digestOf(bytes) !== weights.sha256) throw new HypersphereError(`the weights ${weights.file} in the cache do not have the SHA-256 ${weights.sha256}; ${wayOut}`);
  return usable(weights.file, () => readSafetensors(bytes));
}

function bytesOf(path: string): Buffer {
  try {
    return readPlainFile(path, MOST_BYTES);
  } catch (cause) {
    throw new HypersphereError(`--weights: ${visible(path)} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { exitCode: 2, cause });
  }
}

/** What is wrong with a file is no result of a run: the user can give another. */
export function usable<T>(file: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HypersphereError(`--weights: ${file}: ${error.message}`, { exitCode: 2, cause: error });
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
