import * as tf from '@tensorflow/tfjs';

import { onlyInput } from '../layer-inputs';
import type { LayerKind } from '../layer-kind';
import type { AveragePoolLayer } from '../network';
import { pooledShape, windowPlan, type WindowPlan } from '../sliding-window';

type Pair = [number, number];

/** What averages one side of an image: whole windows, and the one that is cut off. */
interface Averaging<T> {
  readonly pool: (x: T, size: Pair, stride: Pair, part: string) => T;
  /** The last `keep` pixels of a side. */
  readonly last: (x: T, axis: 1 | 2, keep: number, part: string) => T;
  readonly join: (parts: T[], axis: 1 | 2, part: string) => T;
}

/** Averages the padded image: in one go, or side by side where a window is cut off. */
function average<T>(x: T, [rows, columns]: readonly [WindowPlan, WindowPlan], { pool, last, join }: Averaging<T>): T {
  if (rows.cut === 0 && columns.cut === 0) return pool(x, [rows.size, columns.size], [rows.stride, columns.stride], 'whole');
  const along = (y: T, axis: 1 | 2, { size, stride, count, cut }: WindowPlan): T => {
    const pair = (value: number): Pair => (axis === 1 ? [value, 1] : [1, value]);
    if (count === 1 && cut > 0) return pool(y, pair(cut), [1, 1], `cut${axis}`);
    const whole = pool(y, pair(size), pair(stride), `whole${axis}`);
    if (cut === 0) return whole;
    return join([whole, pool(last(y, axis, cut, `last${axis}`), pair(cut), [1, 1], `cut${axis}`)], axis, `both${axis}`);
  };
  return along(along(x, 1, rows), 2, columns);
}

function plans(layer: AveragePoolLayer, height: number, width: number): readonly [WindowPlan, WindowPlan] {
  return [windowPlan(layer, height), windowPlan(layer, width)];
}

/** Mean of each window; zeros of the padding count, pixels beyond it do not (Caffe, PyTorch's `count_include_pad`). */
export const averagePool: LayerKind<AveragePoolLayer> = {
  outputShape: pooledShape,
  apply: (layer, inputs) => {
    const x = onlyInput(layer, inputs) as tf.Tensor4D;
    const { padding = 0 } = layer;
    const around: Pair = [padding, padding];
    const padded = padding === 0 ? x : tf.pad(x, [[0, 0], around, around, [0, 0]]);
    const value = average<tf.Tensor4D>(padded, plans(layer, x.shape[1], x.shape[2]), {
      pool: (y, size, stride) => tf.avgPool(y, size, stride, 'valid'),
      last: (y, axis, keep) => {
        const begin = y.shape.map((extent, at) => (at === axis ? extent - keep : 0));
        return tf.slice(y, begin);
      },
      join: (parts, axis) => tf.concat(parts, axis),
    });
    return { value };
  },
  stock: (layer, inputs) => {
    const x = onlyInput(layer, inputs);
    const { padding = 0 } = layer;
    const name = (part: string): string => `${layer.name}.${part}`;
    const padded = padding === 0 ? x : (tf.layers.zeroPadding2d({ name: name('padding'), padding }).apply(x) as tf.SymbolicTensor);
    return average<tf.SymbolicTensor>(padded, plans(layer, x.shape[1] ?? 0, x.shape[2] ?? 0), {
      pool: (y, size, stride, part) =>
        tf.layers.averagePooling2d({ name: name(part), poolSize: size, strides: stride, padding: 'valid' }).apply(y) as tf.SymbolicTensor,
      last: (y, axis, keep, part) => {
        const drop: Pair = [(y.shape[axis] ?? 0) - keep, 0];
        return tf.layers.cropping2D({ name: name(part), cropping: axis === 1 ? [drop, [0, 0]] : [[0, 0], drop] }).apply(y) as tf.SymbolicTensor;
      },
      join: (parts, axis, part) => tf.layers.concatenate({ name: name(part), axis }).apply(parts) as tf.SymbolicTensor,
    });
  },
};
