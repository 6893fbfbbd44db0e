import { layerShapes } from './layer-shapes';
import type { Network } from './network';

/**
 * What `forward` expects in `dropoutMasks` while training.
 *
 * @param batch examples in a batch
 * @returns by layer: shape of the mask with the batch, and the share `rate` of values to set to 0, the others being 1
 */
export function dropoutMaskShapes(
  network: Network,
  batch: number,
): Record<string, { readonly shape: readonly number[]; readonly rate: number }> {
  return Object.fromEntries(
    layerShapes(network).flatMap(({ layer, output }) =>
      layer.kind === 'dropout' && layer.rate > 0 ? [[layer.name, { shape: [batch, ...output], rate: layer.rate }]] : [],
    ),
  );
}
