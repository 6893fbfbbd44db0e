/**
 * Holm's step-down correction of p values.
 *
 * @returns adjusted p values, in the given order, at most 1
 * @see Holm, Scandinavian Journal of Statistics 6 (1979), https://www.jstor.org/stable/4615733
 */
export function holm(p: readonly number[]): number[] {
  const ascending = Array.from(p.keys()).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length);
  let least = 0;
  ascending.forEach((at, place) => {
    least = Math.max(least, Math.min(1, (p.length - place) * p[at]!));
    adjusted[at] = least;
  });
  return adjusted;
}
