import * as tf from '@tensorflow/tfjs';

export interface EngineSpeed {
  /** Of float32, 10^9 operations a second, multiplication and addition counted apart. The best of several tries. */
  readonly matmulGflops: number;
  readonly convolutionGflops: number;
}

const SIZE = 1024;
const TRIES = 8;

/** Multiplies two matrices of 1024x1024 and convolves 64 images of 32x32x64 with 64 filters of 3x3. */
export function engineSpeed(): EngineSpeed {
  const [n, side, channels] = [64, 32, 64];
  return tf.tidy(() => {
    const a = tf.ones<tf.Rank.R2>([SIZE, SIZE]);
    const images = tf.ones<tf.Rank.R4>([n, side, side, channels]);
    const filters = tf.ones<tf.Rank.R4>([3, 3, channels, channels]);
    return {
      matmulGflops: gflops(2 * SIZE ** 3, () => tf.matMul(a, a)),
      convolutionGflops: gflops(2 * n * side ** 2 * channels ** 2 * 9, () => tf.conv2d(images, filters, 1, 'same')),
    };
  });
}

function gflops(operations: number, run: () => tf.Tensor): number {
  const milliseconds = Array.from({ length: TRIES }, () => {
    const start = performance.now();
    // one value is read: a GPU answers before it has finished
    tf.tidy(() => tf.slice(tf.reshape(run(), [-1]), 0, 1).dataSync());
    return performance.now() - start;
  });
  return operations / Math.min(...milliseconds) / 1e6;
}
