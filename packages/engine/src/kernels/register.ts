import * as tf from '@tensorflow/tfjs';

import { adamUpdate } from './adam-update';
import { batchNormTraining } from './batch-norm-training';
import { convFilterGradient } from './conv-filter-gradient';
import { gather } from './gather';
import { momentumUpdate } from './momentum-update';
import { prelu } from './prelu';
import { NATIVE } from './raw';
import { relu } from './relu';
import { rowsAfter } from './rows-after';
import { searchSorted } from './search-sorted';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy';

/** An op of ours, or of tfjs without a native kernel, with its kernel and its gradient. */
interface Added {
  readonly kernels: readonly tf.KernelConfig[];
  readonly gradients: readonly tf.GradConfig[];
}

/** An op of tfjs whose kernel or gradient is made anew out of its own. */
interface Replaced {
  readonly kernelName: string;
  readonly kernel?: (original: tf.KernelConfig) => tf.KernelConfig;
  readonly gradient?: (original: tf.GradConfig) => tf.GradConfig;
}

const added: readonly Added[] = [batchNormTraining, sparseSoftmaxCrossEntropy, momentumUpdate, adamUpdate, rowsAfter, searchSorted];
const replaced: readonly Replaced[] = [relu, prelu, convFilterGradient, gather];

/** Tells tfjs of the native kernels and gradients, once. */
export function registerKernels(): void {
  if (tf.getKernel('BatchNormTraining', NATIVE) != null) return;
  for (const { kernels, gradients } of added) {
    kernels.forEach(tf.registerKernel);
    gradients.forEach(tf.registerGradient);
  }
  for (const { kernelName, kernel, gradient } of replaced) {
    if (kernel !== undefined) {
      const original = tf.getKernel(kernelName, NATIVE);
      tf.unregisterKernel(kernelName, NATIVE);
      tf.registerKernel(kernel(original));
    }
    if (gradient !== undefined) tf.registerGradient(gradient(tf.getGradient(kernelName)));
  }
}
