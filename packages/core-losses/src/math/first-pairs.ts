import * as tf from '@tensorflow/tfjs';

/** As many places as a batch can have pairs, of which only those in use count, so that shapes do not depend on the labels. */
export interface FirstPairs {
  /** int32 `[m]`, m = max(1, floor(n / 2)): row of the first of a class, for a place in use. */
  readonly anchors: tf.Tensor1D;
  /** int32 `[m]`, row of the second of the same class. */
  readonly positives: tf.Tensor1D;
  /** float32 `[m]`, 1 for a place in use. */
  readonly inUse: tf.Tensor1D;
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
  const seconds = tf.mul<tf.Tensor2D>(same, tf.expandDims(second!, 0)); // [n, n], the row's second
  const { values, indices } = tf.topk<tf.Tensor1D>(tf.mul(first!, tf.max<tf.Tensor1D>(seconds, 1)), Math.max(1, Math.floor(n / 2)));
  const positives = tf.gather<tf.Tensor1D>(tf.argMax<tf.Tensor1D>(seconds, 1), indices);
  return { anchors: indices, positives: tf.cast(positives, 'int32'), inUse: values };
}
