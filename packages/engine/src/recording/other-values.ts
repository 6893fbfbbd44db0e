import * as tf from '@tensorflow/tfjs';

/** Tensors of the same shapes and types with other values: turned around, and floats shrunk and shifted. Labels stay labels. */
export function otherValues(tensors: readonly tf.Tensor[]): tf.Tensor[] {
  return tensors.map((tensor) =>
    tf.tidy(() => {
      const reversed = tf.reverse1d(tf.reshape(tensor, [-1]));
      return tf.reshape(tensor.dtype === 'float32' ? tf.add(tf.mul(reversed, 0.75), 0.125) : reversed, tensor.shape);
    }),
  );
}
