import * as tf from '@tensorflow/tfjs';

import { nativeBackend, NATIVE } from './kernels/raw';
import { registerKernels } from './kernels/register';

/** Loads TensorFlow into this process, makes it tfjs's backend and registers the native kernels. */
export async function loadNative(): Promise<{ tensorflow: string; tfjs: string; device: 'cpu' | 'gpu' }> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only now are the threads set
  if (tf.findBackend(NATIVE) == null) require('@tensorflow/tfjs-node-gpu');
  registerKernels();
  await tf.setBackend(NATIVE);
  const { binding, isUsingGpuDevice } = nativeBackend();
  return { tensorflow: binding.TF_Version, tfjs: tf.version['tfjs-core'], device: isUsingGpuDevice ? 'gpu' : 'cpu' };
}
