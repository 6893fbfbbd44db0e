import type { InitialValue } from '../initial-value';
import type { LayerList } from '../layer-list';
import type { FrozenBatchNorm } from '../network';
import { choice } from '../option-spec';

/** Option of the networks whose batch norm may be frozen. */
export const frozenBatchNorm = choice(['none', 'statistics', 'all'], {
  default: 'none',
  describe: 'what batch norm keeps while training: statistics normalises by the running ones; all keeps scale and shift too',
});

/** What all convolutions of a network have in common. */
export interface ConvNormRules {
  readonly epsilon: number;
  readonly bias: boolean;
  readonly initial: InitialValue;
  readonly frozen: FrozenBatchNorm;
}

export interface ConvShape {
  readonly filters: number;
  readonly kernel: number;
  readonly stride: number;
}

/** Builders of convolution, batch norm (`name.norm`) and ReLU (`name.relu`); padding is half of the kernel, rounded down. */
export function convNorm(list: LayerList, { epsilon, bias, initial, frozen }: ConvNormRules) {
  const normalised = (name: string, from: string, shape: ConvShape): string => {
    const padding = Math.floor(shape.kernel / 2);
    const conv = list.append({ kind: 'conv', name, inputs: [from], ...shape, padding, bias, initial });
    const norm = { kind: 'batchNorm', name: `${name}.norm`, inputs: [conv], epsilon, scale: true } as const;
    return list.append(frozen === 'none' ? norm : { ...norm, frozen });
  };
  const rectified = (name: string, from: string, shape: ConvShape): string =>
    list.append({ kind: 'relu', name: `${name}.relu`, inputs: [normalised(name, from, shape)] });
  return { normalised, rectified };
}
