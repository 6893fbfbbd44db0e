/**
 * Rearranges numbers so that the `count` highest come first, in no order; takes time in proportion to their number.
 *
 * @param count at least 1, at most their number
 * @returns the lowest of those `count`
 * @see Hoare, Algorithm 65: Find, Communications of the ACM 4 (1961), https://doi.org/10.1145/366622.366647
 */
export function highestFirst(values: Float64Array, count: number): number {
  const wanted = count - 1;
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! > pivot) i++;
      while (values[j]! < pivot) j--;
      if (i > j) break;
      const higher = values[j]!;
      values[j--] = values[i]!;
      values[i++] = higher;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return values[wanted]!;
}
