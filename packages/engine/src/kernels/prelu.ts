import * as tf from '@tensorflow/tfjs';

import { isNative, reluGradient } from './relu';
import { run } from './raw';

/** Gradient of tfjs's `Prelu`, faster on the native backend and unchanged on any other. */
const gradient = (original: tf.GradConfig): tf.GradConfig => ({
  ...original,
  gradFunc: (upstream, saved, attrs) => {
    const [x, alpha] = saved as [tf.Tensor, tf.Tensor];
    if (!isNative(x)) return original.gradFunc(upstream, saved, attrs);
    const dy = upstream as tf.Tensor;
    const [dx, dAlpha] = tf.tidy(() => {
      const above = reluGradient(dy, x); // dy where x > 0
      const below = run('Sub', [dy, above]); // dy where x <= 0
      return [run('AddV2', [above, run('Mul', [below, alpha])]), sumTo(run('Mul', [below, x]), alpha.shape)];
    }) as [tf.Tensor, tf.Tensor];
    return { x: () => dx, alpha: () => dAlpha };
  },
});

function sumTo(x: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return tf.reshape(axes.length === 0 ? x : tf.sum(x, axes), shape);
}

export const prelu = { kernelName: tf.Prelu, gradient };
