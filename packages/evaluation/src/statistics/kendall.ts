/**
 * Kendall's tau-b of two lists, ties corrected.
 *
 *     tau_b = (concordant - discordant) / sqrt((pairs - ties in x) (pairs - ties in y))
 *
 * @returns in [-1, 1]; NaN if either list is constant
 * @see Kendall, Biometrika 33 (1945), https://doi.org/10.1093/biomet/33.3.239
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number {
  let [score, untiedX, untiedY] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const [dx, dy] = [Math.sign(x[i]! - x[j]!), Math.sign(y[i]! - y[j]!)];
      score += dx * dy;
      untiedX += Math.abs(dx);
      untiedY += Math.abs(dy);
    }
  }
  return score / Math.sqrt(untiedX * untiedY);
}
