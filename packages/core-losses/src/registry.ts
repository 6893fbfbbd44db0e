import { arcfaceEntry } from './losses/arcface';
import { centerLossEntry } from './losses/center-loss';
import { cosfaceEntry } from './losses/cosface';
import { groupEntry } from './losses/group';
import { lSoftmaxEntry } from './losses/l-softmax';
import { nbcSoftmaxEntry } from './losses/nbc-softmax';
import { normfaceEntry } from './losses/normface';
import { softmaxEntry } from './losses/softmax';
import { softmaxWithCenterEntry } from './losses/softmax-with-center';
import { spherefaceEntry } from './losses/sphereface';
import { tripletBatchHardEntry } from './losses/triplet-batch-hard';
import type { LossEntry } from './loss-entry';
import type { ResolvedOptions } from './options/option-specs';

/** Every loss by its name in a configuration, which is the name of its function. */
export const losses = {
  arcface: arcfaceEntry,
  centerLoss: centerLossEntry,
  cosface: cosfaceEntry,
  group: groupEntry,
  lSoftmax: lSoftmaxEntry,
  nbcSoftmax: nbcSoftmaxEntry,
  normface: normfaceEntry,
  softmax: softmaxEntry,
  softmaxWithCenter: softmaxWithCenterEntry,
  sphereface: spherefaceEntry,
  tripletBatchHard: tripletBatchHardEntry,
} satisfies Record<string, LossEntry>;

export type LossName = keyof typeof losses;

/** A loss and its options as plain JSON; options left out take their defaults. */
export type LossConfig = {
  [N in LossName]: { readonly name: N } & Partial<ResolvedOptions<(typeof losses)[N]['options']>>;
}[LossName];
