import type { Rows } from '../checks';
import { forEachTile } from '../similarity/tiles';

/** The nearest rows of every row. */
export interface Neighbours {
  /** `[n, k]`, row after row, nearest first, equally near ones by index. A row is its own nearest, but for duplicates before it. */
  readonly index: Int32Array;
  readonly k: number;
  /** `[n]`: largest squared distance of each row to any. */
  readonly farthest: Float64Array;
}

/** Finds neighbours by squared Euclidean distance, tile by tile. */
export function neighbours(rows: Rows, k: number): Neighbours {
  const index = new Int32Array(rows.n * k);
  const nearness = new Float64Array(rows.n * k).fill(-Infinity);
  const farthest = new Float64Array(rows.n);
  forEachTile(rows, rows, ({ rowStart, rows: height, columns, values }) => {
    for (let i = 0; i < height; i++) {
      const [row, first] = [rowStart + i, (rowStart + i) * k];
      for (let other = 0; other < columns; other++) {
        const value = other === row ? 0 : values[i * columns + other]!; // exact where rounding is not
        if (-value > farthest[row]!) farthest[row] = -value;
        if (value <= nearness[first + k - 1]!) continue;
        let at = first + k - 1;
        for (; at > first && nearness[at - 1]! < value; at--) {
          nearness[at] = nearness[at - 1]!;
          index[at] = index[at - 1]!;
        }
        nearness[at] = value;
        index[at] = other;
      }
    }
  }, { measure: 'euclidean' });
  return { index, k, farthest };
}
