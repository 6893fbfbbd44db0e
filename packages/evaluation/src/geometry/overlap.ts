/**
 * Area under the lower of two densities.
 *
 * @param genuine counts by bin
 * @param impostors counts by the same bins
 * @returns share in [0, 1]
 */
export function overlap(genuine: ArrayLike<number>, impostors: ArrayLike<number>): number {
  const [a, b] = [total(genuine), total(impostors)];
  let common = 0;
  for (let bin = 0; bin < genuine.length; bin++) common += Math.min(genuine[bin]! / a, impostors[bin]! / b);
  return common;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at]!;
  return sum;
}
