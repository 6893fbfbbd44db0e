import { imageInput } from './layer-inputs';
import type { AveragePoolLayer, MaxPoolLayer, Shape } from './network';

/** How the windows of a pool lie along one side of an image, in pixels. */
export interface WindowPlan {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
  /** Without padding. */
  readonly extent: number;
  /** Number of windows. */
  readonly count: number;
  /** Pixels of the last window where it leaves the padded image and is cut off, else 0. */
  readonly cut: number;
}

/**
 * Lays the windows of a pool along one side by the rules of Caffe and PyTorch: rounding up adds a last window,
 * unless it would start beyond the image and its padding at the top or left.
 *
 * @throws RangeError if not one window fits
 */
export function windowPlan(layer: MaxPoolLayer | AveragePoolLayer, extent: number): WindowPlan {
  const { size, stride, padding = 0, rounding = 'down' } = layer;
  const padded = extent + 2 * padding;
  if (2 * padding > size) throw new RangeError(`layer '${layer.name}': padding must be at most half of size ${size}, got ${padding}`);
  const whole = Math.max(0, Math.floor((padded - size) / stride) + 1);
  const start = whole * stride;
  const extra = rounding === 'up' && start + size - stride < padded && start < extent + padding;
  if (whole === 0 && !extra) {
    throw new RangeError(`layer '${layer.name}': ${layer.kind} of ${size} pixels does not fit into ${padded} pixels; use larger images`);
  }
  return { size, stride, padding, extent, count: whole + (extra ? 1 : 0), cut: extra ? padded - start : 0 };
}

/** Shape after a pool. */
export function pooledShape(layer: MaxPoolLayer | AveragePoolLayer, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = imageInput(layer, inputs);
  return [windowPlan(layer, height).count, windowPlan(layer, width).count, channels];
}
