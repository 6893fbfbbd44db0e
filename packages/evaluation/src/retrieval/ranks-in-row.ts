/**
 * Ranks of the relevant references in one row of similarities.
 *
 * @param row `[m]`, higher is nearer
 * @param relevant indices of the relevant references
 * @param own relevant references, and all others that are not in the list at all; ascending
 */
export function ranksInRow(row: ArrayLike<number>, relevant: ArrayLike<number>, own: ArrayLike<number>): Int32Array {
  const nearestFirst = Array.from(relevant).sort((a, b) => row[b]! - row[a]! || a - b);
  const ahead = new Int32Array(nearestFirst.length + 1); // irrelevant ones between the (k-1)th and the kth relevant
  const lowest = row[nearestFirst.at(-1)!]!;
  for (let other = 0, skip = 0; other < row.length; other++) {
    if (other === own[skip]) {
      skip++;
      continue;
    }
    const value = row[other]!;
    if (value >= lowest) ahead[placeOf(value, other, nearestFirst, row)]!++;
  }
  let passed = 0;
  return Int32Array.from(nearestFirst, (_, at) => (passed += ahead[at]!) + at + 1);
}

/** How many relevant references come before this one. */
function placeOf(value: number, index: number, nearestFirst: readonly number[], row: ArrayLike<number>): number {
  let [low, high] = [0, nearestFirst.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = nearestFirst[middle]!;
    if (row[other]! > value || (row[other] === value && other < index)) low = middle + 1;
    else high = middle;
  }
  return low;
}
