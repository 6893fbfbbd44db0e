import * as tf from '@tensorflow/tfjs';

import { adamUpdate } from './adam-update';
import { batchNormTraining } from './batch-norm-training';
import { momentumUpdate } from './momentum-update';
import { prelu } from './prelu';
import { NATIVE } from './raw';
import { relu } from './relu';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy';

const added = [batchNormTraining, sparseSoftmaxCrossEntropy, momentumUpdate, adamUpdate];
const replaced = [relu, prelu];

/** Tells tfjs of the native kernels and gradients, once. */
export function registerKernels(): void {
  if (tf.getKernel('BatchNormTraining', NATIVE) != null) return;
  for (const { kernels, gradients } of added) {
    kernels.forEach(tf.registerKernel);
    gradients.forEach(tf.registerGradient);
  }
  for (const { kernels, kernelName, gradient } of replaced) {
    for (const kernel of kernels) {
      tf.unregisterKernel(kernelName, NATIVE);
      tf.registerKernel(kernel);
    }
    tf.registerGradient(gradient(tf.getGradient(kernelName)));
  }
}
