import { impostorTail } from './impostor-tail';

/**
 * All that the receiver operating characteristic needs, exactly: for every distinct genuine score how many
 * genuine and impostor scores lie above it. The impostor scores themselves are not kept, except the highest.
 */
export interface RocCounts {
  readonly genuine: number;
  readonly impostors: number;
  /** Distinct genuine scores, descending. */
  readonly thresholds: Float64Array;
  /** Genuine scores >= threshold. */
  readonly genuineFrom: Float64Array;
  /** Impostor scores > threshold. */
  readonly impostorsAbove: Float64Array;
  /** Impostor scores >= threshold. */
  readonly impostorsFrom: Float64Array;
  /** The highest impostor scores, descending. */
  readonly tail: Float64Array;
}

export interface RocCounter {
  /** Counts one impostor score. */
  readonly add: (score: number) => void;
  readonly counts: () => RocCounts;
}

const CELLS = 8192;

/**
 * Counts impostor scores one by one against known genuine scores; memory does not grow with their number.
 *
 * @param genuine scores of genuine pairs, higher = more alike, any order
 * @param tailLength how many of the highest impostor scores to keep
 */
export function rocCounter(genuine: ArrayLike<number>, tailLength: number): RocCounter {
  const { thresholds, genuineFrom } = distinctDescending(genuine);
  const indexOf = locator(thresholds);
  const between = new Float64Array(thresholds.length + 1);
  const tied = new Float64Array(thresholds.length);
  const tail = impostorTail(tailLength);
  let impostors = 0;
  return {
    add(score) {
      impostors++;
      tail.add(score);
      const at = indexOf(score);
      if (at < thresholds.length && thresholds[at] === score) tied[at]!++;
      else between[at]!++;
    },
    counts() {
      const impostorsAbove = new Float64Array(thresholds.length);
      const impostorsFrom = new Float64Array(thresholds.length);
      let passed = 0;
      for (let at = 0; at < thresholds.length; at++) {
        impostorsAbove[at] = passed += between[at]!;
        impostorsFrom[at] = passed += tied[at]!;
      }
      return {
        genuine: genuine.length, impostors, thresholds, genuineFrom, impostorsAbove, impostorsFrom, tail: tail.sorted(),
      };
    },
  };
}

/** Counts of two lists of scores that are both at hand. */
export function rocCounts(genuine: ArrayLike<number>, impostors: ArrayLike<number>): RocCounts {
  const counter = rocCounter(genuine, impostors.length);
  for (let at = 0; at < impostors.length; at++) counter.add(impostors[at]!);
  return counter.counts();
}

function distinctDescending(scores: ArrayLike<number>): Pick<RocCounts, 'thresholds' | 'genuineFrom'> {
  const sorted = Float64Array.from(scores).sort().reverse();
  const ends: number[] = [];
  sorted.forEach((score, at) => {
    if (score !== sorted[at + 1]) ends.push(at);
  });
  return {
    thresholds: Float64Array.from(ends, (at) => sorted[at]!),
    genuineFrom: Float64Array.from(ends, (at) => at + 1),
  };
}

/** Index of the first (highest) threshold <= score, or the number of thresholds if there is none. */
function locator(thresholds: Float64Array): (score: number) => number {
  const count = thresholds.length;
  const [highest = 0, lowest = 0] = [thresholds[0], thresholds[count - 1]];
  const scale = highest > lowest ? CELLS / (highest - lowest) : 0;
  // firstBelow[c]: bisected once for the lower edge of every cell, with one cell to spare on both sides.
  const firstBelow = Int32Array.from({ length: CELLS + 3 }, (_, cell) =>
    bisect(thresholds, lowest + (scale === 0 ? 0 : (cell - 1) / scale), 0, count),
  );
  return (score) => {
    if (score < lowest || count === 0) return count;
    if (score >= highest) return 0;
    const cell = ((score - lowest) * scale) | 0;
    return bisect(thresholds, score, firstBelow[cell + 2]!, firstBelow[cell]!);
  };
}

function bisect(descending: Float64Array, score: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (descending[middle]! <= score) high = middle;
    else low = middle + 1;
  }
  return low;
}
