import type { Rows } from '../checks';
import { classOrder, type ClassOrder } from '../classes';
import { forEachTile, type Measure, type Tile } from './tiles';
import { takeRows } from './unit-rows';

/** Rows put in order of class; a "position" is a place in that order. */
export interface ClassRows extends ClassOrder {
  readonly rows: Rows;
  /** Class number of each position, ascending. */
  readonly classAt: Int32Array;
}

/** Similarities of one row with rows of later classes. */
export interface Run {
  readonly first: number;
  /** Positions `from .. to - 1`, all of other classes than `first`'s and behind it. */
  readonly from: number;
  readonly to: number;
  /** The similarity with position j is `values[offset + j]`; valid during the visit only. */
  readonly values: Float32Array;
  readonly offset: number;
}

type Place = Omit<Tile, 'values'>;

export function inClassOrder(rows: Rows, labels: Int32Array): ClassRows {
  const classes = classOrder(labels);
  return { ...classes, rows: takeRows(rows, classes.order), classAt: classes.order.map((sample) => classes.classOf[sample]!) };
}

/** Visits every pair of two positions of one class once, first < second, in tiles about the diagonal. */
export function forEachClassPair(
  { rows, starts, classAt }: ClassRows,
  visit: (first: number, second: number, similarity: number) => void,
  measure: Measure = 'cosine',
): void {
  const wanted = (tile: Place): boolean => isUpper(tile) && classAt[tile.rowStart + tile.rows - 1]! >= classAt[tile.columnStart]!;
  forEachTile(rows, rows, (tile) => {
    for (let i = 0; i < tile.rows; i++) {
      const row = tile.rowStart + i;
      const offset = i * tile.columns - tile.columnStart;
      const end = Math.min(starts[classAt[row]! + 1]!, tile.columnStart + tile.columns);
      for (let j = Math.max(row + 1, tile.columnStart); j < end; j++) visit(row, j, tile.values[offset + j]!);
    }
  }, { measure, shape: 'square', wanted });
}

/** Visits every pair of two positions of different classes once: half of all products, since similarity is symmetric. */
export function forEachOtherRun({ rows, starts, classAt }: ClassRows, visit: (run: Run) => void, measure: Measure = 'cosine'): void {
  forEachTile(rows, rows, (tile) => {
    const to = tile.columnStart + tile.columns;
    for (let i = 0; i < tile.rows; i++) {
      const first = tile.rowStart + i;
      const from = Math.max(starts[classAt[first]! + 1]!, tile.columnStart);
      if (from < to) visit({ first, from, to, values: tile.values, offset: i * tile.columns - tile.columnStart });
    }
  }, { measure, shape: 'square', wanted: isUpper });
}

/** Only tiles on or right of the diagonal hold pairs with first < second. */
const isUpper = (tile: Place): boolean => tile.columnStart + tile.columns > tile.rowStart;
