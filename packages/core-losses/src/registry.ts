import { arcfaceEntry } from './losses/arcface';
import { binomialDevianceEntry } from './losses/binomial-deviance';
import { centerLossEntry } from './losses/center-loss';
import { circleEntry } from './losses/circle';
import { contraXEntry } from './losses/contra-x';
import { contrastiveEntry } from './losses/contrastive';
import { cosfaceEntry } from './losses/cosface';
import { dasEntry } from './losses/das';
import { groupEntry } from './losses/group';
import { lSoftmaxEntry } from './losses/l-softmax';
import { liftedStructureEntry } from './losses/lifted-structure';
import { magfaceEntry } from './losses/magface';
import { marginLossEntry } from './losses/margin-loss';
import { multiSimilarityEntry } from './losses/multi-similarity';
import { nPairEntry } from './losses/n-pair';
import { nbcSoftmaxEntry } from './losses/nbc-softmax';
import { normfaceEntry } from './losses/normface';
import { pairwiseCrossEntropyEntry } from './losses/pairwise-cross-entropy';
import { proxyAnchorEntry } from './losses/proxy-anchor';
import { proxyNcaEntry } from './losses/proxy-nca';
import { rankedListEntry } from './losses/ranked-list';
import { simclrEntry } from './losses/simclr';
import { simplifiedPairwiseCrossEntropyEntry } from './losses/simplified-pairwise-cross-entropy';
import { softmaxEntry } from './losses/softmax';
import { softmaxWithCenterEntry } from './losses/softmax-with-center';
import { softmaxWithTripletEntry } from './losses/softmax-with-triplet';
import { spherefaceEntry } from './losses/sphereface';
import { supconEntry } from './losses/supcon';
import { tripletAllEntry } from './losses/triplet-all';
import { tripletBatchHardEntry } from './losses/triplet-batch-hard';
import { tripletSemiHardEntry } from './losses/triplet-semi-hard';
import { unpgEntry } from './losses/unpg';
import type { LossEntry } from './loss-entry';
import type { ResolvedOptions } from './options/option-specs';

/** Every loss by its name in a configuration, which is the name of its function. */
export const losses = {
  arcface: arcfaceEntry,
  binomialDeviance: binomialDevianceEntry,
  centerLoss: centerLossEntry,
  circle: circleEntry,
  contraX: contraXEntry,
  contrastive: contrastiveEntry,
  cosface: cosfaceEntry,
  das: dasEntry,
  group: groupEntry,
  liftedStructure: liftedStructureEntry,
  lSoftmax: lSoftmaxEntry,
  magface: magfaceEntry,
  marginLoss: marginLossEntry,
  multiSimilarity: multiSimilarityEntry,
  nbcSoftmax: nbcSoftmaxEntry,
  normface: normfaceEntry,
  nPair: nPairEntry,
  pairwiseCrossEntropy: pairwiseCrossEntropyEntry,
  proxyAnchor: proxyAnchorEntry,
  proxyNca: proxyNcaEntry,
  rankedList: rankedListEntry,
  simclr: simclrEntry,
  simplifiedPairwiseCrossEntropy: simplifiedPairwiseCrossEntropyEntry,
  softmax: softmaxEntry,
  softmaxWithCenter: softmaxWithCenterEntry,
  softmaxWithTriplet: softmaxWithTripletEntry,
  sphereface: spherefaceEntry,
  supcon: supconEntry,
  tripletAll: tripletAllEntry,
  tripletBatchHard: tripletBatchHardEntry,
  tripletSemiHard: tripletSemiHardEntry,
  unpg: unpgEntry,
} satisfies Record<string, LossEntry>;

export type LossName = keyof typeof losses;

/** A loss and its options as plain JSON; options left out take their defaults. */
export type LossConfig = {
  [N in LossName]: { readonly name: N } & Partial<ResolvedOptions<(typeof losses)[N]['options']>>;
}[LossName];
