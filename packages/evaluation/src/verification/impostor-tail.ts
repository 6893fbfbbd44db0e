import { highestFirst } from './highest-first';

export interface ImpostorTail {
  /** Takes in `values[from .. to - 1]`. */
  readonly add: (values: ArrayLike<number>, from: number, to: number) => void;
  /** The highest scores, descending. */
  readonly sorted: () => Float64Array;
}

/** Keeps the `length` highest of many scores, in memory for twice as many. */
export function impostorTail(length: number): ImpostorTail {
  const buffer = new Float64Array(Math.max(2, 2 * length));
  let filled = 0;
  let cutoff = -Infinity;
  const compact = (): void => {
    if (length > 0 && filled > length) cutoff = highestFirst(buffer.subarray(0, filled), length);
    filled = Math.min(filled, length);
  };
  return {
    add(values, from, to) {
      for (let at = from; at < to; at++) {
        const score = values[at]!;
        if (score <= cutoff) continue;
        buffer[filled++] = score;
        if (filled === buffer.length) compact();
      }
    },
    sorted() {
      compact();
      return buffer.slice(0, filled).sort().reverse();
    },
  };
}
