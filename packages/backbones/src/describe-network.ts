import { layerShapes } from './layer-shapes';
import { kindOf } from './layers';
import type { LayerKindName, Network, Shape } from './network';
import { sizeOf } from './parameter-specs';

/** One line of the table of a network. */
export interface LayerDescription {
  readonly layer: string;
  readonly kind: LayerKindName;
  readonly inputs: readonly string[];
  /** Without the batch. */
  readonly output: Shape;
  /** Trainable values. */
  readonly parameters: number;
  /** Of convolutions and linear maps, for one image. */
  readonly multiplyAdds: number;
}

/** The layers of a network as a table, ready for `console.table`. No tensor is made. */
export function describeNetwork(network: Network): readonly LayerDescription[] {
  return layerShapes(network).map(({ layer, inputs, output }) => {
    const kind = kindOf(layer);
    const parameters = kind.parameters?.(layer, inputs) ?? [];
    return {
      layer: layer.name,
      kind: layer.kind,
      inputs: layer.inputs,
      output,
      parameters: parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      multiplyAdds: kind.multiplyAdds?.(layer, inputs) ?? 0,
    };
  });
}
