import type * as tf from '@tensorflow/tfjs';

/** What a loss returns. A type, not an interface, so that `tf.tidy` accepts it. */
export type LossOutput = {
  /** float32 scalar in nats (or in squared units for the centre loss), reduced as the loss's paper does. */
  readonly loss: tf.Scalar;
  /** float32 `[n]`, the share of each anchor before reduction. */
  readonly perAnchor: tf.Tensor1D;
  /** Values for the next step that are not trained, by name. They carry no gradient. */
  readonly state?: Readonly<Record<string, tf.Tensor>>;
};

/** What a loss returns whose terms do not belong to anchors one by one, such as one that sums over the batch for each proxy. */
export type UndividedLossOutput = Omit<LossOutput, 'perAnchor'> & { readonly perAnchor?: undefined };
