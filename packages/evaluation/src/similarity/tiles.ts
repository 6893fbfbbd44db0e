import * as tf from '@tensorflow/tfjs';

import type { Rows } from '../checks';
import { rowNorm } from './unit-rows';

/** `cosine` expects unit rows; `euclidean` is minus the squared distance, so that higher is always nearer. */
export type Measure = 'cosine' | 'euclidean';

/** Similarities of rows `rowStart..` of one set with rows `columnStart..` of another. */
export interface Tile {
  readonly rowStart: number;
  readonly rows: number;
  readonly columnStart: number;
  readonly columns: number;
  /** `[rows, columns]`, row after row; valid during the visit only. */
  readonly values: Float32Array;
}

export interface TileOptions {
  readonly measure?: Measure;
  /** Wide tiles hold whole rows; square ones bound memory for any number of columns. */
  readonly shape?: 'wide' | 'square';
  /** Tiles for which this answers false are not computed. */
  readonly wanted?: (tile: Omit<Tile, 'values'>) => boolean;
}

/** 4M float32 values are 16 MB. */
const MAX_VALUES = 4 * 1024 * 1024;

/**
 * Similarities of every row of `a` with every row of `b`, tile by tile: never an n-by-n matrix.
 *
 * @param a float32 `[n, d]`
 * @param b float32 `[m, d]`
 */
export function forEachTile(a: Rows, b: Rows, visit: (tile: Tile) => void, options: TileOptions = {}): void {
  const { measure = 'cosine', shape = 'wide', wanted = () => true } = options;
  const side = squareSide(Math.max(a.n, b.n));
  const width = shape === 'wide' ? b.n : Math.min(b.n, side);
  const height = Math.max(1, Math.min(a.n, shape === 'wide' ? Math.floor(MAX_VALUES / width) : side));
  const left = tf.tensor2d(a.values, [a.n, a.dim]);
  const right = a === b ? left : tf.tensor2d(b.values, [b.n, b.dim]);
  try {
    for (let rowStart = 0; rowStart < a.n; rowStart += height) {
      for (let columnStart = 0; columnStart < b.n; columnStart += width) {
        const place = {
          rowStart,
          rows: Math.min(height, a.n - rowStart),
          columnStart,
          columns: Math.min(width, b.n - columnStart),
        };
        if (!wanted(place)) continue;
        const values = products(left, right, place);
        visit({ ...place, values: measure === 'cosine' ? values : minusSquaredDistance(values, place, a, b) });
      }
    }
  } finally {
    tf.dispose([left, right]);
  }
}

/** An eighth of the rows, where the largest tile allows it: of a symmetric matrix little is then computed twice. */
function squareSide(n: number): number {
  return Math.min(Math.floor(Math.sqrt(MAX_VALUES)), Math.max(256, 64 * Math.ceil(n / 512)));
}

function products(left: tf.Tensor2D, right: tf.Tensor2D, place: Omit<Tile, 'values'>): Float32Array {
  const product = tf.tidy(() => {
    const rows = tf.slice(left, [place.rowStart, 0], [place.rows, -1]); // [rows, d]
    const columns = tf.slice(right, [place.columnStart, 0], [place.columns, -1]); // [columns, d]
    return tf.matMul(rows, columns, false, true); // [rows, columns]
  });
  // read outside tidy, which would search a returned array for tensors, number by number
  const values = product.dataSync<'float32'>();
  product.dispose();
  return values;
}

/** -|a - b|^2 = 2 a.b - |a|^2 - |b|^2, never above 0. */
function minusSquaredDistance(dot: Float32Array, place: Omit<Tile, 'values'>, a: Rows, b: Rows): Float32Array {
  const squared = (of: Rows, row: number): number => rowNorm(of.values, row * of.dim, of.dim) ** 2;
  const columns = Float64Array.from({ length: place.columns }, (_, j) => squared(b, place.columnStart + j));
  const values = new Float32Array(dot.length);
  for (let i = 0; i < place.rows; i++) {
    const own = squared(a, place.rowStart + i);
    const start = i * place.columns;
    for (let j = 0; j < place.columns; j++) values[start + j] = Math.min(0, 2 * dot[start + j]! - own - columns[j]!);
  }
  return values;
}
