import * as tf from '@tensorflow/tfjs';

/** Float32 cosines nearer to +-1 than this are moved there: the slope of acos is infinite at +-1. */
const NEAREST = 1e-6;

/**
 * Angle of a cosine, with a finite gradient everywhere (0 beyond +-(1 - 1e-6)).
 *
 * @param cosine float32, any shape
 * @returns radians in [0.0014, pi - 0.0014], same shape
 */
export function safeAcos<T extends tf.Tensor>(cosine: T): T {
  return tf.acos(tf.clipByValue(cosine, NEAREST - 1, 1 - NEAREST));
}
