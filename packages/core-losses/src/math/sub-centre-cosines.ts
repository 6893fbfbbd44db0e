import * as tf from '@tensorflow/tfjs';

import { constantOf } from './constant-of';
import { oneHot } from './one-hot';

/**
 * Cosine with the nearest of each class's k sub-centres.
 *
 * The winner is found on stopped values and the first one wins a tie, so that one sub-centre alone gets
 * the gradient (a maximum would give it to every tie).
 *
 * @param cosine float32 `[n, c * k]`, sub-centres of a class next to each other
 * @param k sub-centres a class
 * @returns float32 `[n, c]`
 * @see Deng et al., Sub-center ArcFace, ECCV 2020; ArcFace (TPAMI), eq. 7, https://arxiv.org/abs/1801.07698
 */
export function subCentreCosines(cosine: tf.Tensor2D, k: number): tf.Tensor2D {
  if (k === 1) return cosine;
  const grouped = tf.reshape<tf.Rank.R3>(cosine, [cosine.shape[0], cosine.shape[1] / k, k]);
  const wins = constantOf<tf.Tensor3D>((x) => oneHot(tf.argMax(x, 2), k))(grouped); // [n, c, k]
  return tf.sum<tf.Tensor2D>(tf.mul(grouped, wins), 2);
}
