import type * as tf from '@tensorflow/tfjs';

/** What every loss returns. A type, not an interface, so that `tf.tidy` accepts it. */
export type LossOutput = {
  /** float32 scalar in nats (or in squared units for the centre loss), reduced as the loss's paper does. */
  readonly loss: tf.Scalar;
  /** float32 `[n]`, the share of each anchor before reduction. */
  readonly perAnchor: tf.Tensor1D;
  /** Values for the next step that are not trained, by name. They carry no gradient. */
  readonly state?: Readonly<Record<string, tf.Tensor>>;
};
