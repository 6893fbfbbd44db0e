import * as tf from '@tensorflow/tfjs';

import { intType, nativeBackend, typeAttribute, type Attribute } from './raw';

interface Attributes {
  readonly axis: number;
  readonly batchDims: number;
}

/** `gather` without tfjs's reading of the indices, which no recorded step may do: TensorFlow refuses those out of range itself. */
const kernel = (original: tf.KernelConfig): tf.KernelConfig => ({
  ...original,
  kernelFunc: ({ inputs, attrs }) => {
    const { x, indices } = inputs as Record<'x' | 'indices', tf.Tensor>;
    const { axis, batchDims } = attrs as unknown as Attributes;
    tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
    const at = tf.scalar(axis, 'int32');
    const gathered = nativeBackend().executeSingleOutput('GatherV2', attributes(x, indices, batchDims), [x, indices, at]);
    at.dispose();
    return gathered;
  },
});

function attributes(x: tf.Tensor, indices: tf.Tensor, batchDims: number): Attribute[] {
  const { TF_ATTR_INT } = nativeBackend().binding;
  return [{ name: 'batch_dims', type: TF_ATTR_INT, value: batchDims }, typeAttribute('Tparams', x.dtype), typeAttribute('Tindices', indices.dtype), intType('Taxis')];
}

export const gather = { kernelName: tf.GatherV2, kernel };
