import * as tf from '@tensorflow/tfjs';

import { classMask } from './class-mask';
import { cosineMatrix } from './cosine-matrix';
import { safeAcos } from './safe-acos';

/**
 * Angle of each embedding with the prototype of its own class.
 *
 * @param cosine float32 `[n, c]`
 * @param labels int32 `[n]`
 * @returns float32 `[n]`, radians
 * @see ArcFace, eq. 5, https://arxiv.org/abs/1801.07698
 */
export function intraClassAngle(cosine: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return safeAcos(tf.sum<tf.Tensor1D>(tf.mul(cosine, classMask(labels, cosine.shape[1])), 1));
}

/**
 * Mean angle between the prototype of each embedding's class and the other prototypes.
 *
 *     a_i = 1 / (c - 1) sum_{j != y_i} arccos(W_{y_i} . W_j)
 *
 * @param prototypes float32 `[c, d]`, any norm
 * @param labels int32 `[n]`
 * @returns float32 `[n]`, radians; 0 with one class
 * @see ArcFace, eq. 6, https://arxiv.org/abs/1801.07698
 */
export function interClassAngle(prototypes: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  const classes = prototypes.shape[0];
  const own = tf.gather(prototypes, labels); // [n, d]
  const angles = safeAcos(cosineMatrix(own, prototypes)); // [n, c]
  const isOther = tf.sub(1, classMask(labels, classes)); // [n, c]
  return tf.div(tf.sum<tf.Tensor1D>(tf.mul(angles, isOther), 1), Math.max(classes - 1, 1));
}
