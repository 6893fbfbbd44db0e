import * as tf from '@tensorflow/tfjs';

import { pairMasks } from './batch-hard';
import { constantOf } from './constant-of';
import { oneHot } from './one-hot';

/**
 * Remembers the differences of every two examples of a class, for each class the last m: first in, first out.
 *
 * All v_a - v_b, a != b, of the batch are taken in the order of a, then of b; equal examples leave none.
 *
 * @param x float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param memory float32 `[c, m, d + 1]`, newest first; the last column is 1 where there is a difference
 * @returns float32 `[c, m, d + 1]`, a constant
 */
export function remembered(x: tf.Tensor2D, labels: tf.Tensor1D, memory: tf.Tensor3D): tf.Tensor3D {
  const [classes, slots, width] = memory.shape;
  return constantOf<tf.Tensor2D, tf.Tensor3D>((rows) => {
    const n = rows.shape[0];
    const gaps = tf.sub<tf.Tensor3D>(tf.expandDims(rows, 1), tf.expandDims(rows, 0)); // [n, n, d]
    const isNew = tf.mul<tf.Tensor2D>(pairMasks(labels).positive, tf.cast(tf.any(tf.notEqual(gaps, 0), 2), 'float32')); // [n, n]
    const newer = newerOfClass(isNew, labels); // [n, n]
    const kept = tf.mul<tf.Tensor2D>(isNew, tf.cast(tf.less(newer, slots), 'float32'));
    const place = tf.add(tf.mul(tf.expandDims(tf.cast(labels, 'float32'), 1), slots), newer);
    const outside = classes * slots;
    const ids = tf.cast(tf.where(tf.cast(kept, 'bool'), place, tf.fill([n, n], outside)), 'int32');
    const written = tf.concat([gaps, tf.ones<tf.Rank.R3>([n, n, 1])], 2); // [n, n, d + 1]
    const sums = tf.unsortedSegmentSum(tf.reshape(written, [n * n, width]), tf.reshape<tf.Rank.R1>(ids, [n * n]), outside + 1);
    const added = tf.reshape<tf.Rank.R3>(tf.slice(sums, [0, 0], [outside, width]), memory.shape);
    const arrived = tf.unsortedSegmentSum(tf.sum<tf.Tensor1D>(isNew, 1), labels, classes); // [c]
    return tf.add(added, pushedBack(memory, arrived));
  })(x);
}

/** How many new pairs of the row's class come after each in the order of the batch, `[n, n]`. */
function newerOfClass(isNew: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor2D {
  const at = tf.range(0, labels.shape[0], 1, 'int32');
  const isLater = tf.cast(tf.greater(tf.expandDims(at, 0), tf.expandDims(at, 1)), 'float32'); // [n, n]
  const laterRows = tf.mul<tf.Tensor2D>(pairMasks(labels).positive, isLater);
  return tf.add(tf.matMul(laterRows, tf.sum<tf.Tensor2D>(isNew, 1, true)), tf.cumsum(isNew, 1, true, true));
}

/** Every class's slots moved back by as many as have arrived; the last ones drop out. */
function pushedBack(memory: tf.Tensor3D, arrived: tf.Tensor1D): tf.Tensor3D {
  const [classes, slots, width] = memory.shape;
  const from = tf.sub(tf.range(0, slots), tf.expandDims(arrived, 1)); // [c, m]
  const first = tf.expandDims(tf.mul(tf.range(0, classes), slots), 1); // [c, 1]
  const ids = tf.cast(tf.reshape(tf.add(first, tf.maximum(from, 0)), [classes * slots]), 'int32');
  const moved = tf.reshape<tf.Rank.R3>(tf.gather(tf.reshape(memory, [classes * slots, width]), ids), memory.shape);
  return tf.mul(moved, tf.expandDims(tf.cast(tf.greaterEqual(from, 0), 'float32'), 2));
}

/**
 * One remembered difference of each example's class, every one as likely as the others.
 *
 * @param memory float32 `[c, m, d + 1]`, as `remembered` leaves it
 * @param labels int32 `[n]`
 * @param choices float32 `[t, n]`, uniform in [0, 1)
 * @returns float32 `[t, n, d]`, a constant; zeros where a class has none
 */
export function recalled(memory: tf.Tensor3D, labels: tf.Tensor1D, choices: tf.Tensor2D): tf.Tensor3D {
  const [, slots, width] = memory.shape;
  return constantOf<tf.Tensor3D>((held) => {
    const own = tf.gather(held, labels); // [n, m, d + 1]
    const count = tf.sum<tf.Tensor1D>(tf.slice(own, [0, 0, width - 1]), [1, 2]); // [n]
    const at = tf.maximum(tf.minimum(tf.floor(tf.mul(choices, count)), tf.sub(count, 1)), 0); // [t, n]
    const chosen = tf.transpose(oneHot<tf.Tensor3D>(tf.cast(at, 'int32'), slots), [1, 0, 2]); // [n, t, m]
    const differences = tf.slice(own, [0, 0, 0], [-1, -1, width - 1]); // [n, m, d]
    return tf.transpose(tf.matMul(chosen, differences), [1, 0, 2]);
  })(memory);
}
