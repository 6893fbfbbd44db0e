import * as tf from '@tensorflow/tfjs';

import type { PairMasks } from './batch-hard';
import { constantOf, stopGradient } from './constant-of';
import { masked } from './masked';

/** Farther than any distance of finite float32 embeddings that train. */
const FAR = 1e30;

type Masks = Pick<PairMasks, 'positive' | 'negative'>;

/** Of each anchor, over all its pairs of a positive and a negative; both float32 `[n]`. */
export interface TripletSums {
  readonly sums: tf.Tensor1D;
  /** How many terms are above 0; a constant. */
  readonly above: tf.Tensor1D;
}

/**
 * Sums of hinges over all triplets, in time and memory of a sort of `[n, n]` where the backend can search.
 *
 *     h_a = sum_p sum_n [ r_ap - d_an ]_+ = sum_p ( c_ap r_ap - sum of the c_ap smallest d_an ),   c_ap = #{n: d_an < r_ap}
 *     dh_a / dr_ap = c_ap,   dh_a / dd_an = -#{p: r_ap > d_an}
 *
 * @param reach float32 `[n, n]`, r, of which the columns of positives count
 * @param apart float32 `[n, n]`, d, of which the columns of negatives count
 */
export function hingeSums(reach: tf.Tensor2D, apart: tf.Tensor2D, masks: Masks): TripletSums {
  if (tf.getKernel(tf.SearchSorted, tf.getBackend()) === undefined) return termSums(reach, apart, masks, tf.relu);
  const centre = stopGradient(tf.mean<tf.Tensor2D>(apart, 1, true)); // taken off both, for the digits of the sums
  const far = masked(tf.sub(reach, centre), masks.positive, -FAR);
  const near = masked(tf.sub(apart, centre), masks.negative, FAR);
  const both = tf.customGrad<tf.Tensor2D>((r, d, save) => {
    const [given, limits] = [r as tf.Tensor2D, d as tf.Tensor2D];
    const { values, below } = sumsBelow(limits, given);
    (save as unknown as tf.GradSaveFunc)([given, limits, below]);
    const hinges = tf.sum(tf.sub(tf.mul(below, given), values), 1);
    return { value: tf.stack([hinges, tf.sum(below, 1)]) as tf.Tensor2D, gradFunc: (upstream, saved) => slopes(upstream, saved as Saved) };
  })(far, near);
  const [sums, above] = tf.unstack(both) as [tf.Tensor1D, tf.Tensor1D];
  return { sums, above };
}

type Saved = [reach: tf.Tensor2D, apart: tf.Tensor2D, below: tf.Tensor2D];

/** Of each value of `limits`: how many of its row in `x` are below, and their sum; float32, the shape of `limits`. */
function sumsBelow(x: tf.Tensor2D, limits: tf.Tensor2D): { values: tf.Tensor2D; below: tf.Tensor2D } {
  const sorted = ascending(x);
  const count = tf.searchSorted(sorted, limits, 'left') as tf.Tensor2D;
  const sums = tf.concat([tf.zeros<tf.Rank.R2>([x.shape[0], 1]), tf.cumsum(sorted, 1)], 1); // of the first 0, 1, ...
  return { values: tf.gather(sums, count, 1, 1) as tf.Tensor2D, below: tf.cast(count, 'float32') };
}

/** The counts of both kinds, times the upstream of the sums. */
function slopes(upstream: tf.Tensor2D, [reach, apart, below]: Saved): tf.Tensor[] {
  const ofSums = tf.expandDims(tf.unstack(upstream)[0] as tf.Tensor1D, 1); // [n, 1]
  const notFarther = tf.cast(tf.searchSorted(ascending(reach), apart, 'right'), 'float32'); // #{p: r_ap <= d_an}
  return [tf.mul(below, ofSums), tf.mul(tf.sub(notFarther, reach.shape[1]), ofSums)];
}

const ascending = (x: tf.Tensor2D): tf.Tensor2D => tf.neg(tf.topk<tf.Tensor2D>(tf.neg(x), x.shape[1]).values);

/** Sums of log(1 + e^{r_ap - d_an}), whose terms stand in `[n, n, n]`. */
export function softplusSums(reach: tf.Tensor2D, apart: tf.Tensor2D, masks: Masks): TripletSums {
  return termSums(reach, apart, masks, tf.softplus);
}

function termSums(reach: tf.Tensor2D, apart: tf.Tensor2D, { positive, negative }: Masks, form: (gap: tf.Tensor3D) => tf.Tensor3D): TripletSums {
  const gap = tf.sub<tf.Tensor3D>(tf.expandDims(masked(reach, positive, -FAR), 2), tf.expandDims(masked(apart, negative, FAR), 1)); // [a, p, n]
  const terms = form(gap); // 0 where there is no triplet
  const isAbove = constantOf<tf.Tensor3D>((t) => tf.cast(tf.greater(t, 0), 'float32'))(terms);
  return { sums: tf.sum(terms, [1, 2]), above: tf.sum(isAbove, [1, 2]) };
}
