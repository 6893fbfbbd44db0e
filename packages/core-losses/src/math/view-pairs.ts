import * as tf from '@tensorflow/tfjs';

/**
 * Which row is the other view of the same image, in a batch that holds all first views, then all second ones.
 *
 * @param rows 2n, even
 * @returns float32 `[2n, 2n]`, 1 at (i, i + n) and (i + n, i)
 */
export function otherViews(rows: number): tf.Tensor2D {
  const none = tf.zeros<tf.Rank.R2>([rows / 2, rows / 2]);
  const same = tf.eye(rows / 2);
  return tf.concat([tf.concat([none, same], 1), tf.concat([same, none], 1)], 0);
}

/**
 * Positives when their number is limited: the other view, and both views of the first few other images of the class.
 *
 * @param labels int32 `[2n]`, the same in both halves
 * @param images how many other images of the class an anchor keeps, the first in the order of the batch
 * @returns float32 `[2n, 2n]`
 */
export function limitedPositives(labels: tf.Tensor1D, images: number): tf.Tensor2D {
  const half = labels.shape[0] / 2;
  const own = tf.slice(labels, 0, half); // [n]
  const same = tf.sub<tf.Tensor2D>(tf.cast(tf.equal(tf.expandDims(own, 1), tf.expandDims(own, 0)), 'float32'), tf.eye(half));
  const at = tf.range(0, half, 1, 'int32');
  const upTo = tf.cast<tf.Tensor2D>(tf.lessEqual(tf.expandDims(at, 1), tf.expandDims(at, 0)), 'float32'); // [n, n]
  const place = tf.matMul(same, upTo); // [n, n], the column's place among the images of the row's class, from 1
  const kept = tf.mul<tf.Tensor2D>(same, tf.cast(tf.lessEqual(place, images + 0.5), 'float32'));
  return tf.add(tf.tile(kept, [2, 2]), otherViews(2 * half));
}
