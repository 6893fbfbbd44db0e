import * as tf from '@tensorflow/tfjs';

import type { Rows } from '../checks';

/** n probes in tiles, for products with other rows that all have one shape. */
export interface ProbeTiles {
  /** Most rows that a tile is multiplied with. */
  readonly columns: number;
  readonly tiles: readonly ProbeTile[];
}

/** Probes `start .. start + count - 1`. */
export interface ProbeTile {
  readonly start: number;
  readonly count: number;
  /** `[d, rows]`, so that a product need not turn them round each time; columns of zeros at the end. */
  readonly probes: tf.Tensor2D;
}

/**
 * Neighbouring similarities of which the highest is known. Kernels compute so many or fewer rows and columns together, by a divisor of it:
 * where both extents are multiples of it no row is left over for a kernel that rounds otherwise.
 */
export const GROUP = 48;
const MOST_COLUMNS = 84 * GROUP;
/** 4M float32 values are 16 MB. */
const MAX_VALUES = 4 * 1024 * 1024;

/**
 * Cuts probes into tiles and fills the last with zeros. Kernels differ in the last bit by the shape of the product: with one shape for all,
 * copies of one row have the same similarity, wherever they are.
 *
 * @param probes unit rows `[n, d]`
 * @param others how many rows the probes will be multiplied with
 */
export function probeTiles({ values, n, dim }: Rows, others: number): ProbeTiles {
  const columns = wholeGroups(Math.min(MOST_COLUMNS, Math.max(others, 1)));
  const height = wholeGroups(Math.ceil(n / Math.ceil((n * columns) / MAX_VALUES)));
  const tiles = Array.from({ length: Math.ceil(n / height) }, (_, tile) => {
    const [start, end] = [tile * height, Math.min(n, (tile + 1) * height)];
    const rows = { values: values.subarray(start * dim, end * dim), n: end - start, dim };
    return { start, count: end - start, probes: tf.tidy(() => tf.transpose(filledUp(rows, height))) };
  });
  return { columns, tiles };
}

/** As a tensor `[rows, d]`, rows of zeros at the end. */
export function filledUp({ values, n, dim }: Rows, rows: number): tf.Tensor2D {
  if (n === rows) return tf.tensor2d(values, [n, dim]);
  const more = new Float32Array(rows * dim);
  more.set(values);
  return tf.tensor2d(more, [rows, dim]);
}

/**
 * Similarities of a tile's probes with other rows.
 *
 * @param others `[columns, d]`
 * @returns `[rows, columns]`
 */
export const productOf = ({ probes }: ProbeTile, others: tf.Tensor2D): tf.Tensor2D => tf.matMul(probes, others, true, true);

/** `[rows, columns / GROUP]`: the highest of each group of neighbours. */
export function groupPeaks(product: tf.Tensor2D): Float32Array {
  return read(tf.tidy(() => tf.max(inGroups(product), 1)));
}

/** The similarities of some groups, `[groups.length, GROUP]`; groups are numbered row after row. */
export function groupValues(product: tf.Tensor2D, groups: readonly number[]): Float32Array {
  if (groups.length === 0) return new Float32Array(0);
  return read(tf.tidy(() => tf.gather(inGroups(product), tf.tensor1d(Int32Array.from(groups), 'int32'))));
}

const inGroups = (product: tf.Tensor2D): tf.Tensor2D => tf.reshape(product, [-1, GROUP]);

/** Reads and disposes; not in a tidy, which would search a returned array for tensors, number by number. */
export function read(tensor: tf.Tensor): Float32Array {
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}

const wholeGroups = (rows: number): number => GROUP * Math.ceil(rows / GROUP);
