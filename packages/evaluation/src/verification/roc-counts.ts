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
  /** Counts the impostor scores `values[from .. to - 1]`. */
  readonly add: (values: ArrayLike<number>, from: number, to: number) => void;
  readonly counts: () => RocCounts;
}

/**
 * Counts impostor scores against known genuine scores; memory does not grow with their number.
 *
 * @param genuine scores of genuine pairs, higher = more alike, any order
 * @param tailLength how many of the highest impostor scores to keep
 */
export function rocCounter(genuine: ArrayLike<number>, tailLength: number): RocCounter {
  const { thresholds, genuineFrom } = distinctDescending(genuine);
  const count = thresholds.length;
  const indexOf = locator(thresholds);
  const between = new Float64Array(count + 1);
  const tied = new Float64Array(count);
  const tail = impostorTail(tailLength);
  let impostors = 0;
  return {
    add(values, from, to) {
      impostors += to - from;
      tail.add(values, from, to);
      for (let index = from; index < to; index++) {
        const score = values[index]!;
        const at = indexOf(score);
        if (at < count && thresholds[at] === score) tied[at]!++;
        else between[at]!++;
      }
    },
    counts() {
      const impostorsAbove = new Float64Array(count);
      const impostorsFrom = new Float64Array(count);
      let passed = 0;
      for (let at = 0; at < count; at++) {
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
  counter.add(impostors, 0, impostors.length);
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
  const cells = 2 ** Math.min(20, Math.max(13, Math.ceil(Math.log2(4 * count + 1)))); // few thresholds a cell
  const scale = highest > lowest ? cells / (highest - lowest) : 0;
  // firstBelow[c]: bisected once for the lower edge of every cell, with one cell to spare on both sides.
  const firstBelow = Int32Array.from({ length: cells + 3 }, (_, cell) =>
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
