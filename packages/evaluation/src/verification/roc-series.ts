import type { RocCounts } from './roc-counts';
import { tarAtFar } from './tar-at-far';

/** A ROC thinned for drawing. */
export interface RocSeries {
  /** False accept rates, ascending, even on a logarithmic axis, with every power of ten among them. */
  readonly far: readonly number[];
  /** Strict TAR at each. */
  readonly tar: readonly number[];
  readonly genuine: number;
  readonly impostors: number;
}

/** About `points` strict TARs from FAR = 1 / impostors (not below 1e-6) to 1. */
export function rocSeries(counts: RocCounts, points = 80): RocSeries {
  const lowest = Math.log10(Math.max(1 / counts.impostors, 1e-6));
  const even = Array.from({ length: points }, (_, at) => 10 ** (lowest * (1 - at / (points - 1))));
  // where tables are read, so that a figure says the same
  const decades = Array.from({ length: Math.floor(-lowest) }, (_, at) => Number(`1e-${at + 1}`));
  const far = [...new Set([...even, ...decades])].sort((a, b) => a - b);
  return {
    far,
    tar: far.map((f) => tarAtFar(counts, f)),
    genuine: counts.genuine,
    impostors: counts.impostors,
  };
}
