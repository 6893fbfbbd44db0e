import * as tf from '@tensorflow/tfjs';

/** Embeddings `[n, d]` as they enter: row after row, or a tensor. */
export type EmbeddingsInput = Float32Array | tf.Tensor2D;

/** Embeddings on the JavaScript side. */
export interface Rows {
  /** `[n, d]`, row after row. */
  readonly values: Float32Array;
  readonly n: number;
  readonly dim: number;
}

/** What most metrics take. */
export interface Labelled {
  /** float32 `[n, d]`. */
  readonly embeddings: EmbeddingsInput;
  /** Length d of an embedding; may be left out for a tensor. */
  readonly dim?: number;
  /** `[n]`, any integers; equal numbers are the same class. */
  readonly labels: Int32Array;
}

/**
 * Reads embeddings as rows.
 *
 * @throws RangeError if there are none, one is not finite, or the length is no multiple of `dim`
 */
export function rowsOf(name: string, embeddings: EmbeddingsInput, dim?: number): Rows {
  const isTensor = embeddings instanceof tf.Tensor;
  const length = isTensor ? embeddings.shape[1] : dim;
  if (length === undefined || !Number.isInteger(length) || length < 1) {
    throw new RangeError(`${name}: dim must be a positive integer, got ${String(length)}`);
  }
  const values = isTensor ? (embeddings.dataSync() as Float32Array) : embeddings;
  if (values.length === 0) throw new RangeError(`${name}: needs at least one embedding, got none`);
  if (values.length % length !== 0) {
    throw new RangeError(`${name}: embeddings must hold n * ${length} numbers, got ${values.length}`);
  }
  const bad = firstNotFinite(values);
  if (bad >= 0) throw new RangeError(`${name}: embeddings must be finite, got ${values[bad]} in row ${Math.floor(bad / length)}`);
  return { values, n: values.length / length, dim: length };
}

/** Index of the first NaN or infinity, or -1. */
function firstNotFinite(values: Float32Array): number {
  for (let at = 0; at < values.length; at++) if (values[at]! - values[at]! !== 0) return at;
  return -1;
}

/** Throws unless there is one value a sample. */
export function checkPerSample(name: string, what: string, values: ArrayLike<unknown>, n: number): void {
  if (values.length !== n) throw new RangeError(`${name}: ${what} must be [${n}] to match the embeddings, got [${values.length}]`);
}

/** Rows of `embeddings`, once labels (and groups) are known to match them. */
export function labelledRows(name: string, { embeddings, dim, labels }: Labelled, groups?: Int32Array): Rows {
  const rows = rowsOf(name, embeddings, dim);
  checkPerSample(name, 'labels', labels, rows.n);
  if (groups !== undefined) checkPerSample(name, 'groups', groups, rows.n);
  return rows;
}
