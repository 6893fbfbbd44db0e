import * as tf from '@tensorflow/tfjs';

import { imageInput, onlyInput, slidSize } from '../layer-inputs';
import type { LayerKind, LayerParameter } from '../layer-kind';
import type { ConvLayer, Shape } from '../network';
import { kernelAndBias, stockKernelAndBias } from './kernel-and-bias';

function outputShape(layer: ConvLayer, inputs: readonly Shape[]): Shape {
  const [height, width] = imageInput(layer, inputs);
  const window = { size: layer.kernel, stride: layer.stride, padding: layer.padding };
  return [slidSize(layer, height, window), slidSize(layer, width, window), layer.filters];
}

function parameters(layer: ConvLayer, inputs: readonly Shape[]): readonly LayerParameter[] {
  const [, , channels] = imageInput(layer, inputs);
  return kernelAndBias(layer, [layer.kernel, layer.kernel, channels, layer.filters]);
}

function multiplyAdds(layer: ConvLayer, inputs: readonly Shape[]): number {
  const [, , channels] = imageInput(layer, inputs);
  const [height = 0, width = 0] = outputShape(layer, inputs);
  return height * width * layer.filters * channels * layer.kernel ** 2;
}

/**
 * How to get `padding` zeros on every side. TensorFlow's `same` puts the odd pixel at the bottom and the right,
 * so it serves only where it happens to be symmetric; elsewhere the image is padded first.
 */
function paddingMode({ kernel, stride, padding }: ConvLayer, height: number, width: number): 'same' | 'valid' | 'pad' {
  if (padding === 0) return 'valid';
  const symmetric = (size: number): boolean =>
    Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0) === 2 * padding;
  return symmetric(height) && symmetric(width) ? 'same' : 'pad';
}

/** Convolution with explicit padding. */
export const conv: LayerKind<ConvLayer> = {
  outputShape,
  parameters,
  multiplyAdds,
  apply: (layer, inputs, { read }) => {
    const x = onlyInput(layer, inputs) as tf.Tensor4D;
    const [, height, width] = x.shape;
    const mode = paddingMode(layer, height, width);
    const p: [number, number] = [layer.padding, layer.padding];
    const padded = mode === 'pad' ? tf.pad(x, [[0, 0], p, p, [0, 0]]) : x;
    const y = tf.conv2d(padded, read('kernel') as tf.Tensor4D, layer.stride, mode === 'same' ? 'same' : 'valid');
    return { value: layer.bias ? tf.add(y, read('bias')) : y };
  },
  stock: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    const mode = paddingMode(layer, x.shape[1] ?? 0, x.shape[2] ?? 0);
    const pad = tf.layers.zeroPadding2d({ name: `${layer.name}.padding`, padding: layer.padding });
    const padded = mode === 'pad' ? (pad.apply(x) as tf.SymbolicTensor) : x;
    return tf.layers
      .conv2d({
        name: layer.name,
        filters: layer.filters,
        kernelSize: layer.kernel,
        strides: layer.stride,
        padding: mode === 'same' ? 'same' : 'valid',
        useBias: layer.bias,
        kernelInitializer: 'zeros',
      })
      .apply(padded) as tf.SymbolicTensor;
  },
  stockWeights: stockKernelAndBias,
};
