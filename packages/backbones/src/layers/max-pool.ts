import * as tf from '@tensorflow/tfjs';

import { onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { MaxPoolLayer } from '../network';
import { pooledShape, windowPlan, type WindowPlan } from '../sliding-window';

type Pair = [number, number];

/** One call of TensorFlow's max pool. */
interface Pass {
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: 'valid' | 'same';
}

/** What of a pass concerns one side of the image. */
type SidePass = readonly [size: number, stride: number, padding: Pass['padding']];

/**
 * The passes along one side. TensorFlow's `same` puts the odd pixel at the bottom and the right and counts windows in
 * a way of its own; where that is not the plan, a dense pass with symmetric padding comes first and every `stride`th
 * of its values is taken.
 */
function passes(layer: MaxPoolLayer, { size, stride, padding, extent, count, cut }: WindowPlan): readonly SidePass[] {
  if (padding === 0 && cut === 0) return [[size, stride, 'valid']];
  const added = Math.max((Math.ceil(extent / stride) - 1) * stride + size - extent, 0);
  if (Math.ceil(extent / stride) === count && Math.floor(added / 2) === padding) return [[size, stride, 'same']];
  if (size === 2 * padding + 1 && Math.ceil(extent / stride) === count) return [[size, 1, 'same'], [1, stride, 'valid']];
  throw new RangeError(
    `layer '${layer.name}': no max pool of TensorFlow has windows of ${size} pixels, stride ${stride} and padding ${padding} on ${extent} pixels`,
  );
}

/** The fewest passes: height and width together where they agree, else one after the other. */
function plan(layer: MaxPoolLayer, height: number, width: number): readonly Pass[] {
  const rows = passes(layer, windowPlan(layer, height));
  const columns = passes(layer, windowPlan(layer, width));
  if (rows.length === columns.length && rows.every(([, , padding], at) => padding === columns[at]?.[2])) {
    return rows.map(([size, stride, padding], at) => ({ size: [size, columns[at]![0]], stride: [stride, columns[at]![1]], padding }));
  }
  return [
    ...rows.map(([size, stride, padding]): Pass => ({ size: [size, 1], stride: [stride, 1], padding })),
    ...columns.map(([size, stride, padding]): Pass => ({ size: [1, size], stride: [1, stride], padding })),
  ];
}

/** Largest value of each window. */
export const maxPool: LayerKind<MaxPoolLayer> = {
  outputShape: (layer, inputs) => {
    const [height = 0, width = 0] = inputs[0] ?? [];
    const shape = pooledShape(layer, inputs);
    plan(layer, height, width);
    return shape;
  },
  apply: (layer, inputs) => {
    const x = onlyInput(layer, inputs) as tf.Tensor4D;
    const value = plan(layer, x.shape[1], x.shape[2]).reduce((y, { size, stride, padding }) => tf.maxPool(y, size, stride, padding), x);
    return { value };
  },
  stock: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    const all = plan(layer, x.shape[1] ?? 0, x.shape[2] ?? 0);
    return all.reduce((y, { size, stride, padding }, at) => {
      const name = at === all.length - 1 ? layer.name : `${layer.name}.pass${at + 1}`;
      return tf.layers.maxPooling2d({ name, poolSize: size, strides: stride, padding }).apply(y) as tf.SymbolicTensor;
    }, x);
  },
};
