import type { Layer, Shape } from './network';

/** The one input of a layer. */
export function onlyInput<T>(layer: Layer, inputs: readonly T[]): T {
  const [first] = inputs;
  if (first === undefined || inputs.length !== 1) {
    throw new RangeError(`layer '${layer.name}': ${layer.kind} takes 1 input, got ${inputs.length}`);
  }
  return first;
}

/** The one input of a layer that works on images, `[h, w, c]`. */
export function imageInput(layer: Layer, inputs: readonly Shape[]): readonly [number, number, number] {
  const shape = onlyInput(layer, inputs);
  const [height, width, channels] = shape;
  if (shape.length !== 3 || height === undefined || width === undefined || channels === undefined) {
    throw new RangeError(`layer '${layer.name}': ${layer.kind} needs an image [h, w, c], got [${shape.join(',')}]`);
  }
  return [height, width, channels];
}

/** The one input of a layer that works on sequences, `[t, c]`. */
export function sequenceInput(layer: Layer, inputs: readonly Shape[]): readonly [number, number] {
  const shape = onlyInput(layer, inputs);
  const [length, channels] = shape;
  if (shape.length !== 2 || length === undefined || channels === undefined) {
    throw new RangeError(`layer '${layer.name}': ${layer.kind} needs a sequence [t, c], got [${shape.join(',')}]; look its tokens up first`);
  }
  return [length, channels];
}

/** The one input of a layer that works on vectors, `[d]`. */
export function vectorInput(layer: Layer, inputs: readonly Shape[]): number {
  const shape = onlyInput(layer, inputs);
  const [size] = shape;
  if (shape.length !== 1 || size === undefined) {
    throw new RangeError(
      `layer '${layer.name}': ${layer.kind} needs a vector [d], got [${shape.join(',')}]; flatten or pool first`,
    );
  }
  return size;
}

/** Size of the last axis of the one input. */
export function channelsInput(layer: Layer, inputs: readonly Shape[]): number {
  return onlyInput(layer, inputs).at(-1) ?? 0;
}

/** Pixels along one side after a sliding window, at least 1. */
export function slidSize(layer: Layer, size: number, window: { size: number; stride: number; padding: number }): number {
  const slid = Math.floor((size + 2 * window.padding - window.size) / window.stride) + 1;
  if (slid >= 1) return slid;
  throw new RangeError(
    `layer '${layer.name}': ${layer.kind} of ${window.size} pixels does not fit into ${size} pixels; use larger images`,
  );
}
