import * as tf from '@tensorflow/tfjs';

/** What tfjs hands to the kernel. */
interface Attributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly filterShape: [number, number, number, number];
}
type Inputs = Record<'x' | 'dy', tf.Tensor4D>;

/**
 * Gradient of a convolution by its filter. For 1x1 filters with a stride it is one matrix product over the pixels that the
 * stride keeps: oneDNN's own kernel writes past its workspace where there are fewer channels than a vector register holds,
 * and then returns wrong values or ends the process.
 *
 * @see https://github.com/uxlfoundation/oneDNN/issues/6035
 */
const kernel = (original: tf.KernelConfig): tf.KernelConfig => ({
  ...original,
  kernelFunc: (call) => {
    const inputs = call.inputs as Inputs;
    const strides = pointwiseStrides(inputs.x, call.attrs as unknown as Attributes);
    return strides === undefined ? original.kernelFunc(call) : pointwise(inputs, strides);
  },
});

/** Strides of a 1x1 convolution that skips pixels; undefined for all others. */
function pointwiseStrides(x: tf.Tensor4D, { filterShape, strides, pad, dataFormat, dimRoundingMode }: Attributes): [number, number] | undefined {
  if (filterShape[0] !== 1 || filterShape[1] !== 1 || dataFormat !== 'NHWC') return undefined;
  const { strideHeight, strideWidth, padInfo } = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const padded = padInfo.top + padInfo.bottom + padInfo.left + padInfo.right > 0;
  return padded || strideHeight * strideWidth === 1 ? undefined : [strideHeight, strideWidth];
}

function pointwise({ x, dy }: Inputs, [height, width]: [number, number]): tf.Tensor {
  const [inputs, filters] = [x.shape[3], dy.shape[3]];
  return tf.tidy(() => {
    const kept = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, height, width, 1]); // [n, h', w', inputs]
    const product = tf.matMul(tf.reshape(kept, [-1, inputs]), tf.reshape(dy, [-1, filters]), true, false);
    return tf.reshape(product, [1, 1, inputs, filters]);
  });
}

export const convFilterGradient = { kernelName: tf.Conv2DBackpropFilter, kernel };
