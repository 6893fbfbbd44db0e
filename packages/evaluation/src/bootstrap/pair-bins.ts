/** Cosines of all impostor pairs as 15-bit numbers (6e-5 apart); the top bit says "same group". 2 bytes a pair. */
export interface PairBins {
  /** Pair (first < second), by position in class order, at `offsets[first] + second`. */
  readonly bins: Uint16Array;
  readonly offsets: Int32Array;
}

/** Bins of cosines on [-1, 1]. */
export const BINS = 32768;

/** Bin of a cosine; rounding may push it a hair beyond +-1. */
export function binOf(cosine: number): number {
  const bin = Math.floor((cosine + 1) * (BINS / 2));
  return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

/** Room for the pairs of `n` samples. */
export function emptyPairBins(n: number): PairBins {
  const offsets = new Int32Array(n);
  for (let first = 1, before = 0; first < n; first++) {
    before += n - first;
    offsets[first] = before - first - 1;
  }
  offsets[0] = -1;
  return { bins: new Uint16Array((n * (n - 1)) / 2), offsets };
}
