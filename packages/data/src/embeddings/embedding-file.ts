import { closeSync, readSync } from 'node:fs';
import { HypersphereError, openPlainFile } from '@hypersphere/engine';

import { tensorPlace } from './tensor-place';

/** float32 embeddings `[n, dim]` on disk, read block by block: memory holds one block. */
export interface EmbeddingFile {
  readonly n: number;
  readonly dim: number;
  /** Row after row, `start .. start + count - 1`; overwritten by the next call. */
  readonly read: (start: number, count: number) => Float32Array;
  readonly close: () => void;
}

export interface EmbeddingFileOptions {
  /** Length of an embedding of a raw file (`.f32`, `.bin`: little-endian float32, row after row); a safetensors file says it. */
  readonly dim?: number;
  /** Name of the tensor in a safetensors file that has several. */
  readonly tensor?: string;
}

/**
 * Opens a raw file, or a safetensors file by its extension `.safetensors`.
 *
 * @throws HypersphereError if it cannot be read, or does not hold float32 rows of one length
 */
export function openEmbeddingFile(path: string, options: EmbeddingFileOptions = {}): EmbeddingFile {
  const { file, size } = opened(path);
  try {
    const place = path.endsWith('.safetensors') ? tensorPlace({ path, file, size }, options.tensor) : rawPlace(path, size, options.dim);
    return { n: place.n, dim: place.dim, read: reader(path, file, place), close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Where the rows are in a file. */
export interface RowsPlace {
  readonly n: number;
  readonly dim: number;
  /** Byte of the first number. */
  readonly offset: number;
}

function opened(path: string): ReturnType<typeof openPlainFile> {
  try {
    return openPlainFile(path);
  } catch (error) {
    throw new HypersphereError(`embeddings: cannot open ${path}: ${(error as Error).message}`, { cause: error });
  }
}

function rawPlace(path: string, size: number, dim?: number): RowsPlace {
  if (dim === undefined || !Number.isInteger(dim) || dim < 1) {
    throw new HypersphereError(`embeddings: a raw file needs dim, a positive integer, got ${String(dim)} for ${path}`);
  }
  if (size % (4 * dim) !== 0) throw new HypersphereError(`embeddings: ${path} must hold n * ${dim} float32 numbers, got ${size} bytes`);
  return { n: size / (4 * dim), dim, offset: 0 };
}

function reader(path: string, file: number, { n, dim, offset }: RowsPlace): EmbeddingFile['read'] {
  let block = new Float32Array(0);
  return (start, count) => {
    if (start < 0 || count < 0 || start + count > n) throw new RangeError(`embeddings: rows must be in [0, ${n}), got ${start} to ${start + count - 1}`);
    if (block.length < count * dim) block = new Float32Array(count * dim);
    const bytes = new Uint8Array(block.buffer, 0, 4 * count * dim);
    for (let done = 0; done < bytes.length; ) {
      const got = readSync(file, bytes, done, bytes.length - done, offset + 4 * start * dim + done);
      if (got === 0) throw new HypersphereError(`embeddings: ${path} ended before row ${start + count - 1}`);
      done += got;
    }
    return block.subarray(0, count * dim);
  };
}
