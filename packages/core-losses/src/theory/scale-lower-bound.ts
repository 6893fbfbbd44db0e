/**
 * Smallest scale with which every class centre can reach an expected posterior probability.
 *
 *     s >= (C - 1)/C ln( (C - 1) P / (1 - P) )
 *
 * @param classes C, integer >= 2
 * @param probability P, the posterior wanted at a class centre, in (0, 1)
 * @returns the bound, unitless; below 0 where any scale will do
 * @throws RangeError for values outside these ranges
 * @see Wang et al., CosFace, CVPR 2018, eq. 6, https://arxiv.org/abs/1801.09414
 */
export function scaleLowerBound(classes: number, probability: number): number {
  if (!Number.isInteger(classes) || classes < 2) {
    throw new RangeError(`scaleLowerBound: classes must be an integer of at least 2, got ${classes}`);
  }
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`scaleLowerBound: probability must be in (0, 1), got ${probability}`);
  }
  return ((classes - 1) / classes) * Math.log(((classes - 1) * probability) / (1 - probability));
}
