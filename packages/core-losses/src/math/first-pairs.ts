import * as tf from '@tensorflow/tfjs';

export interface FirstPairs {
  /** float32 `[n, n]`, 1 where the row is the first of its class and the column the second. */
  readonly pairs: tf.Tensor2D;
  /** float32 `[n]`, 1 for the first of a class that has a second. */
  readonly anchors: tf.Tensor1D;
  /** float32 `[n]`, 1 for the second of a class. */
  readonly positives: tf.Tensor1D;
}

/**
 * One pair a class: its first two examples in the order of the batch. Further examples, and classes of one, are in none.
 *
 * @param labels int32 `[n]`, any values
 */
export function firstPairs(labels: tf.Tensor1D): FirstPairs {
  const n = labels.shape[0];
  const at = tf.range(0, n, 1, 'int32');
  const same = tf.cast(tf.equal(tf.expandDims(labels, 1), tf.expandDims(labels, 0)), 'float32');
  const earlier = tf.cast(tf.less(tf.expandDims(at, 0), tf.expandDims(at, 1)), 'float32'); // [n, n], columns before the row
  const place = tf.cast(tf.sum<tf.Tensor1D>(tf.mul(same, earlier), 1), 'int32'); // [n], 0 for the first of its class
  const [first, second] = [0, 1].map((k) => tf.cast<tf.Tensor1D>(tf.equal(place, tf.scalar(k, 'int32')), 'float32'));
  const pairs = tf.mul<tf.Tensor2D>(same, tf.mul(tf.expandDims(first!, 1), tf.expandDims(second!, 0)));
  return { pairs, anchors: tf.sum<tf.Tensor1D>(pairs, 1), positives: second! };
}
