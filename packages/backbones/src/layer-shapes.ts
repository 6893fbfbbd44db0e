import { kindOf } from './layers';
import { IMAGES, inputShape } from './network';
import type { Layer, Network, Shape } from './network';

/** A layer with the shapes it takes and gives, without the batch. */
export interface PlacedLayer {
  readonly layer: Layer;
  readonly inputs: readonly Shape[];
  readonly output: Shape;
}

/**
 * Walks through a network and works out the shape of every layer, which also checks it.
 *
 * @throws RangeError if a name occurs twice, an input does not come earlier, or the shapes do not fit
 */
export function layerShapes({ name, input, layers }: Pick<Network, 'name' | 'input' | 'layers'>): readonly PlacedLayer[] {
  const shapes = new Map<string, Shape>([[IMAGES, inputShape(input)]]);
  return layers.map((layer) => {
    if (shapes.has(layer.name)) throw new RangeError(`${name}: two layers are named '${layer.name}'`);
    const inputs = layer.inputs.map((from) => {
      const shape = shapes.get(from);
      if (shape !== undefined) return shape;
      throw new RangeError(
        `${name}: layer '${layer.name}' needs '${from}', which no earlier layer is; known: ${[...shapes.keys()].join(', ')}`,
      );
    });
    const output = kindOf(layer).outputShape(layer, inputs);
    shapes.set(layer.name, output);
    return { layer, inputs, output };
  });
}
