import { readSync } from 'node:fs';
import { checkPlaces, HEADER_PREFIX, headerEntries, headerLength, HypersphereError, visible, visibleJson, type HeaderEntry } from '@hypersphere/engine';

import type { RowsPlace } from './embedding-file';

interface OpenFile {
  readonly path: string;
  readonly file: number;
  readonly size: number;
}

/**
 * Finds a float32 matrix in a safetensors file: length of the header (uint64, little-endian), header (JSON), numbers.
 *
 * @see https://github.com/huggingface/safetensors
 */
export function tensorPlace(opened: OpenFile, wanted?: string): RowsPlace {
  const { path } = opened;
  const { tensors, start } = headerOf(opened);
  const names = visible(tensors.map(({ name }) => name).join(', '));
  const [found, ...others] = wanted === undefined ? tensors : tensors.filter(({ name }) => name === wanted);
  if (found === undefined) throw new HypersphereError(`embeddings: ${path} has no tensor '${wanted ?? ''}'; it has ${names}`);
  if (others.length > 0) throw new HypersphereError(`embeddings: ${path} has several tensors; name one: ${names}`);
  const [n = 0, dim = 0] = found.shape;
  const bytes = found.stop - found.start;
  if (found.dtype !== 'F32' || found.shape.length !== 2 || dim < 1 || bytes !== 4 * n * dim) {
    throw new HypersphereError(`embeddings: '${visible(found.name)}' in ${path} must be F32 [n, d] and whole, got ${visible(found.dtype)} ${visibleJson(found.shape)} in ${bytes} bytes`);
  }
  return { n, dim, offset: start + found.start };
}

/** The tensors, and the first byte behind the header. */
function headerOf(opened: OpenFile): { tensors: readonly HeaderEntry[]; start: number } {
  try {
    const length = headerLength(bytesOf(opened, 0, Math.min(HEADER_PREFIX, opened.size)), opened.size);
    const tensors = headerEntries(bytesOf(opened, HEADER_PREFIX, length));
    checkPlaces(tensors, opened.size - HEADER_PREFIX - length);
    return { tensors, start: HEADER_PREFIX + length };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new HypersphereError(`embeddings: ${opened.path} is no safetensors file: ${error.message}`, { cause: error });
  }
}

function bytesOf({ file }: OpenFile, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, position));
}
