import * as tf from '@tensorflow/tfjs';

import { masked } from './masked';
import { squaredPairDistances } from './pair-distances';
import { sameClass } from './same-class';

/** Farther than any distance of finite float32 embeddings that train. */
const FAR = 1e30;

export interface PairMasks {
  /** float32 `[n, n]`, 1 for another example of the row's class. */
  readonly positive: tf.Tensor2D;
  /** float32 `[n, n]`, 1 for an example of another class. */
  readonly negative: tf.Tensor2D;
  /** float32 `[n]`, 1 for anchors that have at least one of each. */
  readonly counts: tf.Tensor1D;
}

/**
 * Which pairs of a batch are positive and negative; a pair of an example with itself is neither.
 *
 * @param labels int32 `[n]`, any values
 */
export function pairMasks(labels: tf.Tensor1D): PairMasks {
  const same = tf.cast<tf.Tensor2D>(sameClass(labels), 'float32');
  const positive = tf.sub<tf.Tensor2D>(same, tf.eye(labels.shape[0]));
  const negative = tf.sub<tf.Tensor2D>(1, same);
  const has = (mask: tf.Tensor2D): tf.Tensor1D => tf.max(mask, 1);
  return { positive, negative, counts: tf.mul<tf.Tensor1D>(has(positive), has(negative)) };
}

/**
 * For each row the farthest positive of the batch, found on stopped values.
 *
 * @param x float32 `[n, d]`
 * @returns float32 `[n, d]`, rows of `x` (with their gradient); row 0 where there is no positive
 */
export function hardestPositives(x: tf.Tensor2D, { positive }: PairMasks): tf.Tensor2D {
  return chosenRows(x, (squared) => tf.argMax(masked(squared, positive, -FAR), 1));
}

/** For each row the nearest negative of the batch, found on stopped values; row 0 where there is none. */
export function hardestNegatives(x: tf.Tensor2D, { negative }: PairMasks): tf.Tensor2D {
  return chosenRows(x, (squared) => tf.argMin(masked(squared, negative, FAR), 1));
}

function chosenRows(x: tf.Tensor2D, choose: (squared: tf.Tensor2D) => tf.Tensor): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((given, save) => {
    const rows = given as tf.Tensor2D;
    const choice = tf.cast<tf.Tensor1D>(choose(squaredPairDistances(rows)) as tf.Tensor1D, 'int32'); // [n]
    (save as tf.GradSaveFunc)([choice]);
    const { shape } = rows;
    return { value: tf.gather(rows, choice), gradFunc: (upstream, [kept]) => tf.unsortedSegmentSum(upstream, kept as tf.Tensor1D, shape[0]) };
  })(x);
}
