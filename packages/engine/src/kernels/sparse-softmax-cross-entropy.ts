import * as tf from '@tensorflow/tfjs';

import { floatType, intType, NATIVE, nativeBackend } from './raw';

const NAME = 'SparseSoftmaxCrossEntropy';

/** Softmax cross-entropy and its gradient in one pass: `{ logits [n, c], labels [n] } -> [loss [n], dLogits [n, c]]`. */
const kernel: tf.KernelConfig = {
  kernelName: NAME,
  backendName: NATIVE,
  kernelFunc: ({ inputs }) => {
    const { logits, labels } = inputs as Record<'logits' | 'labels', tf.Tensor>;
    const types = [floatType('T'), intType('Tlabels')];
    return nativeBackend().executeMultipleOutputs('SparseSoftmaxCrossEntropyWithLogits', types, [logits, labels], 2);
  },
};

const gradient: tf.GradConfig = {
  kernelName: NAME,
  outputsToSave: [false, true],
  gradFunc: (upstream, saved) => {
    const [dLoss] = upstream as tf.Tensor[];
    const [dLogits] = saved;
    const dx = tf.tidy(() => tf.mul(dLogits as tf.Tensor, tf.expandDims(dLoss as tf.Tensor, 1)));
    return { logits: () => dx };
  },
};

export const sparseSoftmaxCrossEntropy = { kernels: [kernel], gradients: [gradient] };
