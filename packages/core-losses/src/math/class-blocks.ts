import * as tf from '@tensorflow/tfjs';

import { classSums } from './class-sums';
import { sameClass } from './same-class';

/** The classes of a batch as n places of which only those in use count, so that shapes do not depend on the labels. */
export interface ClassBlocks {
  /** int32 `[n]`, the place of each example's class: where in the batch the class stands first. */
  readonly ids: tf.Tensor1D;
  /** float32 `[n]`, 1 for a place in use. */
  readonly present: tf.Tensor1D;
  /** float32 `[n]`, how many examples a place has; 0 where it is not in use. */
  readonly counts: tf.Tensor1D;
  /** float32 `[n, d]`, mean of the place's examples, with their gradient; 0 where it is not in use. */
  readonly centroids: tf.Tensor2D;
}

/**
 * Groups a batch by class.
 *
 * @param x float32 `[n, d]`
 * @param labels int32 `[n]`, any values; places are local to the batch, so the number of all classes does not matter
 */
export function classBlocks(x: tf.Tensor2D, labels: tf.Tensor1D): ClassBlocks {
  const places = labels.shape[0];
  const { ids, present } = classPlaces(labels);
  const counts = tf.unsortedSegmentSum(tf.ones<tf.Rank.R1>([places]), ids, places);
  const centroids = tf.div<tf.Tensor2D>(classSums(x, ids, places), tf.expandDims(tf.maximum(counts, 1), 1));
  return { ids, present, counts, centroids };
}

/** The places of the classes alone. */
export function classPlaces(labels: tf.Tensor1D): Pick<ClassBlocks, 'ids' | 'present'> {
  const isSame = tf.cast(sameClass(labels), 'int32'); // [n, n]
  const ids = tf.cast<tf.Tensor1D>(tf.argMax(isSame, 1), 'int32'); // the first of the class wins
  const present = tf.cast<tf.Tensor1D>(tf.equal(ids, tf.range(0, labels.shape[0], 1, 'int32')), 'float32');
  return { ids, present };
}
