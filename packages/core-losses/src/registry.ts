import { arcfaceEntry } from './losses/arcface';
import { centerLossEntry } from './losses/center-loss';
import { cosfaceEntry } from './losses/cosface';
import { liftedStructureEntry } from './losses/lifted-structure';
import { nPairEntry } from './losses/n-pair';
import { normfaceEntry } from './losses/normface';
import { simclrEntry } from './losses/simclr';
import { softmaxEntry } from './losses/softmax';
import { softmaxWithCenterEntry } from './losses/softmax-with-center';
import { spherefaceEntry } from './losses/sphereface';
import { supconEntry } from './losses/supcon';
import { tripletAllEntry } from './losses/triplet-all';
import { tripletBatchHardEntry } from './losses/triplet-batch-hard';
import { tripletSemiHardEntry } from './losses/triplet-semi-hard';
import type { LossEntry } from './loss-entry';
import type { ResolvedOptions } from './options/option-specs';

/** Every loss by its name in a configuration, which is the name of its function. */
export const losses = {
  arcface: arcfaceEntry,
  centerLoss: centerLossEntry,
  cosface: cosfaceEntry,
  liftedStructure: liftedStructureEntry,
  nPair: nPairEntry,
  normface: normfaceEntry,
  simclr: simclrEntry,
  softmax: softmaxEntry,
  softmaxWithCenter: softmaxWithCenterEntry,
  sphereface: spherefaceEntry,
  supcon: supconEntry,
  tripletAll: tripletAllEntry,
  tripletBatchHard: tripletBatchHardEntry,
  tripletSemiHard: tripletSemiHardEntry,
} satisfies Record<string, LossEntry>;

export type LossName = keyof typeof losses;

/** A loss and its options as plain JSON; options left out take their defaults. */
export type LossConfig = {
  [N in LossName]: { readonly name: N } & Partial<ResolvedOptions<(typeof losses)[N]['options']>>;
}[LossName];
