import { readSync } from 'node:fs';
import { HypersphereError } from '@hypersphere/engine';

import type { RowsPlace } from './embedding-file';

interface OpenFile {
  readonly path: string;
  readonly file: number;
  readonly size: number;
}

interface TensorEntry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [from: number, to: number];
}

/** Longest header that the format allows. */
const LONGEST_HEADER = 100_000_000;

/**
 * Finds a float32 matrix in a safetensors file: length of the header (uint64, little-endian), header (JSON), numbers.
 *
 * @see https://github.com/huggingface/safetensors
 */
export function tensorPlace(opened: OpenFile, wanted?: string): RowsPlace {
  const { path, size } = opened;
  const length = Number(bytesOf(opened, 0, 8).readBigUInt64LE());
  if (length > Math.min(LONGEST_HEADER, size - 8)) throw new HypersphereError(`embeddings: ${path} is no safetensors file: its header would have ${length} bytes`);
  const tensors = Object.entries(headerOf(path, bytesOf(opened, 8, length).toString('utf8'))).filter(([name]) => name !== '__metadata__');
  const names = tensors.map(([name]) => name).join(', ');
  const [found, ...others] = wanted === undefined ? tensors : tensors.filter(([name]) => name === wanted);
  if (found === undefined) throw new HypersphereError(`embeddings: ${path} has no tensor '${wanted ?? ''}'; it has ${names}`);
  if (others.length > 0) throw new HypersphereError(`embeddings: ${path} has several tensors; name one: ${names}`);
  const [name, { dtype, shape, data_offsets: [from, to] }] = found;
  const [n = 0, dim = 0] = shape;
  if (dtype !== 'F32' || shape.length !== 2 || to - from !== 4 * n * dim || 8 + length + to > size) {
    throw new HypersphereError(`embeddings: '${name}' in ${path} must be F32 [n, d] and whole, got ${dtype} [${shape.join(', ')}] in ${to - from} bytes`);
  }
  return { n, dim, offset: 8 + length + from };
}

function headerOf(path: string, text: string): Record<string, TensorEntry> {
  try {
    return JSON.parse(text) as Record<string, TensorEntry>;
  } catch (error) {
    throw new HypersphereError(`embeddings: ${path} is no safetensors file: its header is no JSON`, { cause: error });
  }
}

function bytesOf({ file }: OpenFile, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes;
}
