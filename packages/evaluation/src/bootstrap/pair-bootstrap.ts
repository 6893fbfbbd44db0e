import type { ClassOrder } from '../classes';
import type { GenuinePairs } from '../verification/all-pairs';
import { binnedRoc, type BinnedRoc } from './binned-roc';
import { binOf, BINS, type PairBins } from './pair-bins';

/** One replicate. */
export interface PairReplicate {
  readonly all: BinnedRoc;
  /** Impostors of the same group only. */
  readonly sameGroup: BinnedRoc;
}

export interface PairBootstrapInput {
  readonly genuine: GenuinePairs;
  readonly classes: ClassOrder;
  readonly pairs: PairBins;
  /** False accept rates at which TAR is wanted. */
  readonly fars: readonly number[];
}

/**
 * Bootstrap of verification over classes by multiplicities w: a genuine pair weighs w_a, an impostor pair w_a w_b
 * with a != b, never two copies of one class.
 *
 * @param multiplicities one `[c]` per replicate
 */
export function pairBootstrap(input: PairBootstrapInput, multiplicities: readonly Float64Array[]): PairReplicate[] {
  const { genuine, classes, pairs, fars } = input;
  const genuineBins = Uint16Array.from(genuine.scores, binOf);
  const impostorWeights = new Float64Array(2 * BINS);
  const genuineWeights = new Float64Array(BINS);
  return multiplicities.map((weights) => {
    genuineWeights.fill(0);
    genuineBins.forEach((bin, pair) => (genuineWeights[bin]! += weights[genuine.classOf[pair]!]!));
    weighImpostors(impostorWeights.fill(0), weights, classes, pairs);
    const sameGroup = impostorWeights.slice(BINS);
    const all = impostorWeights.subarray(0, BINS).map((weight, bin) => weight + sameGroup[bin]!);
    return { all: binnedRoc(genuineWeights, all, fars), sameGroup: binnedRoc(genuineWeights, sameGroup, fars) };
  });
}

function weighImpostors(into: Float64Array, weights: Float64Array, { starts }: ClassOrder, pairs: PairBins): void {
  const { bins, offsets } = pairs;
  const drawn = Array.from(weights.keys()).filter((k) => weights[k]! > 0);
  for (let a = 0; a < drawn.length; a++) {
    const own = drawn[a]!;
    for (let first = starts[own]!; first < starts[own + 1]!; first++) {
      const offset = offsets[first]!;
      for (let b = a + 1; b < drawn.length; b++) {
        const other = drawn[b]!;
        const weight = weights[own]! * weights[other]!;
        const end = offset + starts[other + 1]!;
        for (let at = offset + starts[other]!; at < end; at++) into[bins[at]!]! += weight;
      }
    }
  }
}
