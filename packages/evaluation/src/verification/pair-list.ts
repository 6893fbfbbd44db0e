import { checkPerSample } from '../checks';
import { classOrder } from '../classes';
import { draws, type Draws } from '../random';

/** Verification pairs, fold after fold; in a fold the genuine pairs come first. */
export interface PairList {
  /** Index of the one sample of each pair. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 genuine, 0 impostor. */
  readonly same: Uint8Array;
  readonly fold: Int32Array;
  readonly folds: number;
}

export interface PairListInput {
  /** `[n]`. */
  readonly labels: Int32Array;
  /** `[n]`; with them impostor pairs are of one group. Left out: any two samples of different classes. */
  readonly groups?: Int32Array;
  readonly seed: number;
  readonly folds?: number;
  /** Genuine pairs a fold, and as many impostor pairs. */
  readonly perFold?: number;
}

/** Draws in a row that may bring nothing new before a fold counts as exhausted. */
const PATIENCE = 200;

/**
 * A list of verification pairs in the form of LFW's view 2. Classes are dealt to the folds, so that folds share none;
 * both samples of an impostor pair come from its fold; no pair comes twice.
 *
 * Where data are few, folds have fewer pairs (as many genuine as impostor, at least one of each), and there are fewer
 * folds, of two classes or more each. Equal arguments give the equal list.
 *
 * @throws RangeError if there are not two folds with a genuine and an impostor pair
 * @see Huang et al., Labeled Faces in the Wild, 2007, http://vis-www.cs.umass.edu/lfw/
 */
export function verificationPairs({ labels, groups, seed, folds = 10, perFold = 300 }: PairListInput): PairList {
  if (groups !== undefined) checkPerSample('verificationPairs', 'groups', groups, labels.length);
  const { order, starts, classes } = classOrder(labels);
  const used = Math.min(folds, Math.floor(classes / 2));
  if (used < 2) throw new RangeError(`verificationPairs: needs 4 classes or more for two folds, got ${classes}`);
  const random = draws(seed, 'verification pairs');
  const dealt = random.shuffle(Array.from({ length: classes }, (_, k) => k));
  const columns: Columns = { left: [], right: [], same: [], fold: [] };
  for (let fold = 0, kept = 0; fold < used; fold++) {
    const members = dealt.filter((_, at) => at % used === fold).map((k) => order.subarray(starts[k], starts[k + 1]));
    kept += addFold(columns, { members, groups, wanted: perFold, fold: kept }, random) ? 1 : 0;
  }
  const folded = (columns.fold.at(-1) ?? -1) + 1;
  if (folded < 2) {
    throw new RangeError(`verificationPairs: needs two folds with a genuine and an impostor pair each, got ${folded}`);
  }
  return {
    left: Int32Array.from(columns.left),
    right: Int32Array.from(columns.right),
    same: Uint8Array.from(columns.same),
    fold: Int32Array.from(columns.fold),
    folds: folded,
  };
}

/** One line a pair, `fold left right same`: what a digest of the list is taken of. */
export function pairListText({ left, right, same, fold }: PairList): string {
  return Array.from(left, (sample, at) => `${fold[at]} ${sample} ${right[at]} ${same[at]}\n`).join('');
}

type Columns = Record<'left' | 'right' | 'same' | 'fold', number[]>;

interface Fold {
  /** Samples of each class. */
  readonly members: readonly Int32Array[];
  readonly groups: Int32Array | undefined;
  readonly wanted: number;
  readonly fold: number;
}

function addFold(columns: Columns, { members, groups, wanted, fold }: Fold, random: Draws): boolean {
  const genuine = random.shuffle(genuinePairs(members)).slice(0, wanted);
  const impostors = impostorPairs(members, genuine.length, groups, random);
  const count = Math.min(genuine.length, impostors.length);
  for (const [pairs, same] of [[genuine, 1], [impostors, 0]] as const) {
    for (const [left, right] of pairs.slice(0, count)) {
      columns.left.push(left);
      columns.right.push(right);
      columns.same.push(same);
      columns.fold.push(fold);
    }
  }
  return count > 0;
}

type Pair = readonly [left: number, right: number];

function genuinePairs(members: readonly Int32Array[]): Pair[] {
  return members.flatMap((samples) => {
    const pairs: Pair[] = [];
    samples.forEach((left, at) => samples.subarray(at + 1).forEach((right) => pairs.push([left, right])));
    return pairs;
  });
}

function impostorPairs(members: readonly Int32Array[], wanted: number, groups: Int32Array | undefined, random: Draws): Pair[] {
  const pairs: Pair[] = [];
  const seen = new Set<string>();
  const sampleOf = (samples: Int32Array): number => samples[random.integer(samples.length)]!;
  for (let misses = 0; pairs.length < wanted && misses < PATIENCE; ) {
    const a = random.integer(members.length);
    const b = (a + 1 + random.integer(members.length - 1)) % members.length; // a different class
    const [left, right] = [sampleOf(members[a]!), sampleOf(members[b]!)];
    const key = left < right ? `${left} ${right}` : `${right} ${left}`;
    if (seen.has(key) || (groups !== undefined && groups[left] !== groups[right])) {
      misses++;
      continue;
    }
    misses = 0;
    seen.add(key);
    pairs.push([left, right]);
  }
  return pairs;
}
