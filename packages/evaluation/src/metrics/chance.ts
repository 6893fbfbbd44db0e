/** What chance depends on. */
export interface ChanceContext {
  /** Classes in the test set. */
  readonly classes: number;
  /** Mean number of images a class. */
  readonly imagesPerClass: number;
  /** Distractors in the gallery of identification. */
  readonly distractors?: number;
}

/**
 * How a metric is expected to come out when embeddings say nothing: a number; a rule that depends on the data; or
 * null where chance has no meaning (lengths, spreads, ratios).
 */
export type ChanceRule =
  | number
  | null
  | { readonly rule: 'rank'; readonly k: number }
  | { readonly rule: 'top'; readonly k: number }
  | { readonly rule: 'recall'; readonly k: number }
  | { readonly rule: 'rPrecision' | 'mapAtR' | 'map' | 'mrr' | 'nmi' };

/**
 * Expected value of a metric under random order.
 *
 * @returns undefined where it is not defined
 */
export function chanceOf(rule: ChanceRule, { classes, imagesPerClass, distractors }: ChanceContext): number | undefined {
  if (rule === null || typeof rule === 'number') return rule ?? undefined;
  const relevant = Math.max(1, Math.round(imagesPerClass) - 1); // R
  const references = Math.max(relevant, Math.round(classes * imagesPerClass) - 1); // N
  switch (rule.rule) {
    case 'rank':
      return distractors === undefined ? undefined : Math.min(1, rule.k / (distractors + 1));
    case 'top':
      return Math.min(1, rule.k / classes);
    case 'recall':
      return 1 - noneAmong(rule.k, relevant, references);
    case 'rPrecision':
      return relevant / references;
    case 'mapAtR':
      return precisionUpTo(relevant, relevant, references);
    case 'map':
      return precisionUpTo(references, relevant, references);
    case 'mrr':
      return reciprocalRank(relevant, references);
    case 'nmi':
      return mutualInformation(classes, Math.max(1, Math.round(imagesPerClass)));
  }
}

/** P(none of the first k is relevant), without replacement. */
function noneAmong(k: number, relevant: number, references: number): number {
  let none = 1;
  for (let at = 0; at < k; at++) none *= Math.max(0, references - relevant - at) / Math.max(1, references - at);
  return none;
}

/** (1/R) sum over k <= last of E[P(k) rel(k)], where E = (R/N) (1 + (k-1)(R-1)/(N-1)) / k. */
function precisionUpTo(last: number, relevant: number, references: number): number {
  let sum = 0;
  for (let k = 1; k <= last; k++) {
    const others = references > 1 ? ((k - 1) * (relevant - 1)) / (references - 1) : 0;
    sum += ((relevant / references) * (1 + others)) / k;
  }
  return sum / relevant;
}

/** sum over k of P(first relevant one at k) / k. */
function reciprocalRank(relevant: number, references: number): number {
  let [sum, none] = [0, 1];
  for (let k = 1; k <= references - relevant + 1; k++) {
    const here = relevant / (references - k + 1);
    sum += (none * here) / k;
    none *= 1 - here;
  }
  return sum;
}

/**
 * E[NMI] of samples dealt to as many clusters as there are classes, all of m samples: the c^2 cells are hypergeometric.
 *
 * @see Vinh, Epps, Bailey, JMLR 11 (2010), https://jmlr.org/papers/v11/vinh10a.html
 */
function mutualInformation(classes: number, m: number): number | undefined {
  if (classes < 2) return undefined;
  const n = classes * m;
  // P(k) by steps from the smallest count on: P(k + 1) / P(k) = (m - k)^2 / ((k + 1) (n - 2m + k + 1))
  const least = Math.max(0, 2 * m - n);
  let probability = 1;
  let [sum, total] = [0, 0];
  for (let k = least; k <= m; k++) {
    total += probability;
    if (k > 0) sum += probability * (k / n) * Math.log((n * k) / (m * m));
    probability *= (m - k) ** 2 / ((k + 1) * (n - 2 * m + k + 1));
  }
  return (classes * classes * sum) / total / Math.log(classes);
}
