/** Values of single queries or pairs, each belonging to a class. */
export interface ClassedValues {
  readonly values: ArrayLike<number>;
  /** Class number of each value. */
  readonly classOf: ArrayLike<number>;
}

/**
 * Means under class multiplicities: a value weighs as often as its class was drawn (retrieval and identification:
 * queries are resampled, the gallery stays).
 *
 * @returns one mean per replicate; NaN if it drew no class with a value
 */
export function weightedMeans({ values, classOf }: ClassedValues, multiplicities: readonly Float64Array[]): Float64Array {
  const classes = multiplicities[0]?.length ?? 0;
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let at = 0; at < values.length; at++) {
    sums[classOf[at]!]! += values[at]!;
    counts[classOf[at]!]!++;
  }
  return Float64Array.from(multiplicities, (weights) => {
    let [sum, count] = [0, 0];
    for (let k = 0; k < classes; k++) {
      sum += weights[k]! * sums[k]!;
      count += weights[k]! * counts[k]!;
    }
    return sum / count;
  });
}
