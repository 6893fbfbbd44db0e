import type * as tf from '@tensorflow/tfjs';

import { pairDistances, squaredPairDistances } from './pair-distances';
import { unitRows } from './unit-rows';

export type TripletDistance = 'euclidean' | 'squared';

/** `[n, n]` distances of the rows, brought to length 1 first where `normalise` says so. */
export function tripletDistances(x: tf.Tensor2D, distance: TripletDistance, normalise: boolean): tf.Tensor2D {
  const rows = normalise ? unitRows(x) : x;
  return distance === 'squared' ? squaredPairDistances(rows) : pairDistances(rows);
}
