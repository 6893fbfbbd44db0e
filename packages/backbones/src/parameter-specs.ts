import type { LayerParameter, LayerStatistic } from './layer-kind';
import { layerShapes } from './layer-shapes';
import { kindOf } from './layers';
import type { Network } from './network';

/** One trainable tensor of a network. */
export interface ParameterSpec {
  /** `layer/kernel`, `layer/bias`, `layer/gamma`, `layer/beta` or `layer/alpha`. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly decay: LayerParameter['decay'];
  readonly learningRateMultiplier: number;
  /** Always true: a gamma that is fixed to 1 is no parameter. */
  readonly trainable: boolean;
}

/** A parameter with the layer it belongs to and its first values. */
export interface PlacedParameter {
  readonly layer: string;
  readonly parameter: LayerParameter;
}

export function placedParameters(network: Network): readonly PlacedParameter[] {
  return layerShapes(network).flatMap(({ layer, inputs }) => {
    const parameters = kindOf(layer).parameters?.(layer, inputs) ?? [];
    return parameters.map((parameter) => ({ layer: layer.name, parameter }));
  });
}

export function placedStatistics(network: Network): readonly { layer: string; statistic: LayerStatistic }[] {
  return layerShapes(network).flatMap(({ layer, inputs }) => {
    const statistics = kindOf(layer).statistics?.(layer, inputs) ?? [];
    return statistics.map((statistic) => ({ layer: layer.name, statistic }));
  });
}

/**
 * The trainable tensors of a network in the order of its layers. No tensor is made.
 *
 * @returns name, shape, decay group (`weight` kernels, `normalisation` gamma and beta, `bias`, `prelu` slopes)
 *   and the factor on the learning rate of each
 */
export function parameterSpecs(network: Network): readonly ParameterSpec[] {
  return placedParameters(network).map(({ layer, parameter }) => ({
    name: `${layer}/${parameter.name}`,
    shape: parameter.shape,
    decay: parameter.decay,
    learningRateMultiplier: parameter.learningRateMultiplier,
    trainable: true,
  }));
}

/** Number of trainable values of a network. No tensor is made. */
export function parameterCount(network: Network): number {
  return parameterSpecs(network).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

/** Number of values in a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
