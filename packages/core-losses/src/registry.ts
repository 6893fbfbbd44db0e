import { arcfaceEntry } from './losses/arcface';
import { centerLossEntry } from './losses/center-loss';
import { circleEntry } from './losses/circle';
import { cosfaceEntry } from './losses/cosface';
import { magfaceEntry } from './losses/magface';
import { normfaceEntry } from './losses/normface';
import { proxyAnchorEntry } from './losses/proxy-anchor';
import { proxyNcaEntry } from './losses/proxy-nca';
import { softmaxEntry } from './losses/softmax';
import { softmaxWithCenterEntry } from './losses/softmax-with-center';
import { spherefaceEntry } from './losses/sphereface';
import { tripletBatchHardEntry } from './losses/triplet-batch-hard';
import { unpgEntry } from './losses/unpg';
import type { LossEntry } from './loss-entry';
import type { ResolvedOptions } from './options/option-specs';

/** Every loss by its name in a configuration, which is the name of its function. */
export const losses = {
  arcface: arcfaceEntry,
  centerLoss: centerLossEntry,
  circle: circleEntry,
  cosface: cosfaceEntry,
  magface: magfaceEntry,
  normface: normfaceEntry,
  proxyAnchor: proxyAnchorEntry,
  proxyNca: proxyNcaEntry,
  softmax: softmaxEntry,
  softmaxWithCenter: softmaxWithCenterEntry,
  sphereface: spherefaceEntry,
  tripletBatchHard: tripletBatchHardEntry,
  unpg: unpgEntry,
} satisfies Record<string, LossEntry>;

export type LossName = keyof typeof losses;

/** A loss and its options as plain JSON; options left out take their defaults. */
export type LossConfig = {
  [N in LossName]: { readonly name: N } & Partial<ResolvedOptions<(typeof losses)[N]['options']>>;
}[LossName];
