import * as tf from '@tensorflow/tfjs';

import { classMask } from './class-mask';
import { rowNorms } from './row-norms';
import { spherefacePsi, spherefacePsiSlope } from './sphereface-psi';
import { unitRows } from './unit-rows';

export interface ReleasedSpherefaceOptions {
  /** Integer margin m >= 1. */
  readonly margin: number;
  /** Weight of the plain cosine. */
  readonly lambda: number | tf.Scalar;
}

/**
 * A-Softmax logits with the gradient of the authors' released Caffe layer, which is not the derivative.
 *
 * Forward: |x| cos_j, and |x| (lambda cos_y + psi(cos_y)) / (1 + lambda) for the own class. Backward, with G = dL/dlogits,
 * w the unit rows and a = psi', b = (psi - cos psi') / |x|, so that a w_y + b x is the true gradient of |x| psi:
 *
 *     dL/dx_i = sum_{j != y} G_ij w_j + G_iy ( (a w_y + b x_i) / sqrt(a^2 + b^2) + lambda w_y ) / (1 + lambda)
 *     dL/dW   = G^T X
 *
 * @param embeddings float32 `[n, d]`
 * @param labels int32 `[n]`
 * @param prototypes float32 `[c, d]`; their gradient is the one of the unit rows, passed on unchanged, since the released
 *   layer keeps the stored rows at length 1
 * @returns float32 `[n, c]`
 * @see https://github.com/wy1iu/sphereface (MarginInnerProduct layer and README)
 */
export function releasedSpherefaceLogits(
  embeddings: tf.Tensor2D,
  labels: tf.Tensor1D,
  prototypes: tf.Tensor2D,
  { margin, lambda }: ReleasedSpherefaceOptions,
): tf.Tensor2D {
  const logits = tf.customGrad((x, w, save) => {
    const [features, weights, keep] = [x as tf.Tensor2D, w as tf.Tensor2D, save as tf.GradSaveFunc];
    // kept, not captured: the caller may have disposed of its own by the time of the gradient
    const plain = typeof lambda === 'number' ? tf.scalar(lambda) : lambda;
    const isTarget = classMask(labels, weights.shape[0]); // [n, c]
    keep([features, weights, isTarget, plain]);
    const { norm, cosine, targetCosine } = partsOf(features, weights, isTarget);
    const shift = tf.div(tf.sub(spherefacePsi(targetCosine, margin), targetCosine), tf.add(1, plain)); // [n]
    const value = tf.mul(column(norm), tf.add(cosine, tf.mul(isTarget, column(shift as tf.Tensor1D))));
    const gradFunc = (upstream: tf.Tensor, saved: tf.Tensor[]) => {
      const [savedX, savedW, mask, weight] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Scalar];
      const { dX, dW } = releasedGradients(upstream as tf.Tensor2D, savedX, partsOf(savedX, savedW, mask), { margin, lambda: weight });
      return [dX, dW];
    };
    return { value, gradFunc };
  });
  return logits(embeddings, prototypes) as tf.Tensor2D;
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(x: tf.Tensor2D, prototypes: tf.Tensor2D, isTarget: tf.Tensor2D) {
  const w = unitRows(prototypes); // [c, d]
  const norm = tf.squeeze<tf.Tensor1D>(rowNorms(x), [1]); // [n]
  const cosine = tf.matMul(unitRows(x), w, false, true); // [n, c]
  const targetCosine = tf.sum<tf.Tensor1D>(tf.mul(cosine, isTarget), 1); // [n]
  return { w, norm, cosine, isTarget, targetCosine };
}

function releasedGradients(
  g: tf.Tensor2D,
  x: tf.Tensor2D,
  { w, norm, isTarget, targetCosine }: Parts,
  { margin, lambda }: ReleasedSpherefaceOptions,
): { dX: tf.Tensor2D; dW: tf.Tensor2D } {
  const a = spherefacePsiSlope(targetCosine, margin); // [n]
  const b = tf.div<tf.Tensor1D>(tf.sub(spherefacePsi(targetCosine, margin), tf.mul(targetCosine, a)), norm); // [n]
  const length = tf.sqrt(tf.add<tf.Tensor1D>(tf.square(a), tf.square(b)));
  const own = tf.matMul(isTarget, w); // [n, d]
  const along = tf.add<tf.Tensor2D>(tf.mul(column(a), own), tf.mul(column(b), x)); // [n, d]
  const target = tf.div(tf.add(tf.div(along, column(length)), tf.mul(lambda, own)), tf.add(1, lambda)); // [n, d]
  const targetUpstream = tf.sum<tf.Tensor1D>(tf.mul(g, isTarget), 1); // [n]
  const others = tf.matMul(tf.mul<tf.Tensor2D>(g, tf.sub(1, isTarget)), w); // [n, d]
  return { dX: tf.add(others, tf.mul(column(targetUpstream), target)), dW: tf.matMul(g, x, true, false) };
}

function column(x: tf.Tensor1D): tf.Tensor2D {
  return tf.expandDims(x, 1);
}
