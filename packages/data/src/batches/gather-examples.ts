import { type ExampleSet, isRows, type RowSet } from '../example-set';
import { gatherImages } from './gather-images';

/** float32 pixels or features, or int32 tokens. */
export type ExampleValues = Float32Array | Int32Array;

/**
 * Some examples of a set as the networks take them: pixels as `gatherImages` gives them, rows as they are.
 *
 * @param indices which, b of them, 0 to n - 1
 * @returns `[b, ...]`, of the shape `exampleShape` each
 * @throws RangeError if an index is not in the set
 */
export function gatherExamples(set: ExampleSet, indices: ArrayLike<number>): ExampleValues {
  return isRows(set) ? gatherRows(set, indices) : gatherImages(set, indices);
}

function gatherRows({ kind, rows, size, labels }: RowSet, indices: ArrayLike<number>): ExampleValues {
  const values = new (kind === 'tokens' ? Int32Array : Float32Array)(indices.length * size);
  for (let at = 0; at < indices.length; at++) {
    const index = indices[at] ?? -1;
    if (!(index >= 0 && index < labels.length)) throw new RangeError(`gatherExamples: an index must be in 0..${labels.length - 1}, got ${index}`);
    values.set(rows.subarray(index * size, (index + 1) * size), at * size);
  }
  return values;
}
