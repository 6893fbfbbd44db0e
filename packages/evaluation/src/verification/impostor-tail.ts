export interface ImpostorTail {
  readonly add: (score: number) => void;
  /** The highest scores, descending. */
  readonly sorted: () => Float64Array;
}

/** Keeps the `length` highest of many scores, in memory for twice as many. */
export function impostorTail(length: number): ImpostorTail {
  const buffer = new Float64Array(Math.max(2, 2 * length));
  let filled = 0;
  let cutoff = -Infinity;
  const compact = (): void => {
    const kept = buffer.subarray(0, filled).sort().reverse().subarray(0, length);
    if (kept.length === length && length > 0) cutoff = kept[length - 1]!;
    filled = kept.length;
  };
  return {
    add(score) {
      if (score <= cutoff) return;
      buffer[filled++] = score;
      if (filled === buffer.length) compact();
    },
    sorted() {
      compact();
      return buffer.slice(0, filled);
    },
  };
}
