/** What a replicate of the pair bootstrap yields. */
export interface BinnedRoc {
  readonly auc: number;
  readonly eer: number;
  /** Strict, one for each FAR asked for. */
  readonly tars: readonly number[];
}

/**
 * AUC, EER and TAR@FAR (strict) of weighted, binned scores; scores of one bin count as tied.
 *
 * @param genuine weight of genuine pairs by bin, ascending score
 * @param impostors the same for impostor pairs
 * @returns NaN throughout when a replicate drew no genuine or no impostor pair
 */
export function binnedRoc(genuine: Float64Array, impostors: Float64Array, fars: readonly number[]): BinnedRoc {
  const [allGenuine, allImpostors] = [sum(genuine), sum(impostors)];
  if (allGenuine === 0 || allImpostors === 0) return { auc: NaN, eer: NaN, tars: fars.map(() => NaN) };
  const tars = fars.map(() => 0);
  let tar = 0;
  let far = 0;
  let area = 0;
  let eer = -1;
  for (let bin = genuine.length - 1; bin >= 0; bin--) {
    if (genuine[bin] === 0 && impostors[bin] === 0) continue;
    const moreTar = genuine[bin]! / allGenuine;
    const moreFar = impostors[bin]! / allImpostors;
    if (eer < 0 && far + moreFar >= 1 - tar - moreTar) eer = far + (moreFar * (1 - tar - far)) / (moreTar + moreFar);
    area += moreFar * (tar + moreTar / 2);
    tar += moreTar;
    far += moreFar;
    for (let at = 0; at < fars.length; at++) if (far <= fars[at]! + 1e-12) tars[at] = tar;
  }
  return { auc: area, eer, tars };
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
}
