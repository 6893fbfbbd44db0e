import * as tf from '@tensorflow/tfjs';

import type { Rows } from '../checks';

/** 8M float32 values are 32 MB. */
const MAX_VALUES = 8 * 1024 * 1024;

/** Finds the nearest centre of each row. */
export interface Assigner {
  /** @param centres `[k, d]`; of equally near ones the first is taken */
  readonly nearest: (centres: Rows) => Int32Array;
  readonly dispose: () => void;
}

/**
 * Keeps the rows with tfjs and compares them with centres block by block: never all n k distances at once.
 *
 *     argmin_k |x - c_k|^2 = argmax_k (x . c_k - |c_k|^2 / 2)
 */
export function assigner({ values, n, dim }: Rows): Assigner {
  const rows = tf.tensor2d(values, [n, dim]);
  return {
    nearest(centres) {
      const height = Math.max(16, Math.floor(MAX_VALUES / centres.n));
      const all = tf.tensor2d(centres.values, [centres.n, dim]);
      const columns = tf.transpose(all); // [d, k]
      const offsets = tf.tidy(() => tf.mul(tf.sum(tf.square(all), 1), 0.5)); // [k]
      const assignment = new Int32Array(n);
      for (let start = 0; start < n; start += height) {
        const best = tf.tidy(() => {
          const block = tf.slice(rows, [start, 0], [Math.min(height, n - start), -1]); // [b, d]
          return tf.topk(tf.sub(tf.matMul<tf.Tensor2D>(block, columns), offsets), 1).indices; // [b, 1]
        });
        assignment.set(best.dataSync<'int32'>(), start);
        best.dispose();
      }
      tf.dispose([all, columns, offsets]);
      return assignment;
    },
    dispose: () => rows.dispose(),
  };
}

/** `[n]`: squared distance of each row to its own centre. */
export function squaredDistances({ values, n, dim }: Rows, centres: Rows, assignment: Int32Array): Float64Array {
  const squared = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    const [own, centre] = [row * dim, assignment[row]! * dim];
    let sum = 0;
    for (let at = 0; at < dim; at++) {
      const difference = values[own + at]! - centres.values[centre + at]!;
      sum += difference * difference;
    }
    squared[row] = sum;
  }
  return squared;
}
