import type { LayerKind } from '../layer-kind';
import type { Layer, LayerKindName } from '../network';
import { add } from './add';
import { averagePool } from './average-pool';
import { batchNorm } from './batch-norm';
import { concat } from './concat';
import { conv } from './conv';
import { conv1d } from './conv1d';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { globalAveragePool } from './global-average-pool';
import { globalMaxPool } from './global-max-pool';
import { leakyRelu } from './leaky-relu';
import { lookup } from './lookup';
import { maxOverTime } from './max-over-time';
import { maxPool } from './max-pool';
import { mixedPool } from './mixed-pool';
import { partialNormalisation } from './partial-normalisation';
import { prelu } from './prelu';
import { relu } from './relu';

const kinds: { readonly [K in LayerKindName]: LayerKind<Extract<Layer, { kind: K }>> } = {
  add,
  averagePool,
  batchNorm,
  concat,
  conv,
  conv1d,
  dense,
  dropout,
  flatten,
  globalAveragePool,
  globalMaxPool,
  leakyRelu,
  lookup,
  maxOverTime,
  maxPool,
  mixedPool,
  partialNormalisation,
  prelu,
  relu,
};

/** The kind of a layer. The compiler cannot tie a union to its table, so the tie is stated here once. */
export function kindOf(layer: Layer): LayerKind<Layer> {
  if (!(layer.kind in kinds)) {
    throw new TypeError(`layer '${layer.name}': unknown kind '${layer.kind}'; known: ${Object.keys(kinds).join(', ')}`);
  }
  return kinds[layer.kind] as unknown as LayerKind<Layer>;
}
