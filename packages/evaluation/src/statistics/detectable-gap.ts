import tQuantile from '@stdlib/stats-base-dists-t-quantile';

import { normalCdf } from './normal';

/**
 * Gap that a two-sided paired t test at 5 % finds with the wanted power.
 *
 * @param sd observed standard deviation of the paired gaps
 * @param n pairs
 * @param power in (0.05, 1)
 * @returns in the unit of sd; Infinity below two pairs
 * @see Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988, ch. 2
 */
export function detectableGap(sd: number, n: number, power = 0.8): number {
  return n < 2 ? Infinity : detectableEffect(n, power) * sd;
}

/** Found once each: tables ask for the same few. */
const effects = new Map<string, number>();

function detectableEffect(n: number, power: number): number {
  const key = `${n} ${power}`;
  const known = effects.get(key);
  if (known !== undefined) return known;
  let [low, high] = [0, 1];
  while (pairedPower(high, n) < power) high *= 2;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (pairedPower(middle, n) < power) low = middle;
    else high = middle;
  }
  effects.set(key, high);
  return high;
}

/**
 * Power of the two-sided paired t test: P(|T| > t) of the noncentral t with n - 1 degrees of freedom and
 * noncentrality effect * sqrt(n), integrated over the observed spread (a chi variable, its density scaled numerically).
 *
 * @param effect gap / sd
 */
export function pairedPower(effect: number, n: number, alpha = 0.05): number {
  const freedom = n - 1;
  const critical = tQuantile(1 - alpha / 2, freedom);
  const shift = effect * Math.sqrt(n);
  const steps = 400;
  const most = 1 + 12 / Math.sqrt(2 * freedom); // of spread / sd; the rest weighs less than 1e-15
  let [found, all] = [0, 0];
  for (let step = 0; step <= steps; step++) {
    const spread = (most * step) / steps;
    const simpson = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    const weight = simpson * spread ** (freedom - 1) * Math.exp((-freedom * (spread * spread - 1)) / 2);
    all += weight;
    found += weight * (normalCdf(shift - critical * spread) + normalCdf(-shift - critical * spread));
  }
  return found / all;
}
