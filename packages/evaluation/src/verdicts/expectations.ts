import type { MetricName } from '../metrics/registry';

/** Two variants whose gap first - second is meant. */
export type VariantPair<V extends string> = readonly [better: V, worse: V];

/** What a claim says about runs, as plain data; V is the set of variant names. "Better" follows the metric. */
export type Expectation<V extends string> =
  | { readonly kind: 'above'; readonly better: V; readonly worse: V; readonly metric: MetricName }
  | { readonly kind: 'aboveAll'; readonly better: V; readonly worse: readonly V[]; readonly metric: MetricName }
  | { readonly kind: 'notBelow'; readonly variant: V; readonly reference: V; readonly delta: number; readonly metric: MetricName }
  | { readonly kind: 'rises'; readonly along: readonly V[]; readonly metric: MetricName }
  | { readonly kind: 'level'; readonly a: V; readonly b: V; readonly delta: number; readonly metric: MetricName }
  | { readonly kind: 'peaksInside'; readonly along: readonly V[]; readonly metric: MetricName }
  | { readonly kind: 'gapGrows'; readonly from: VariantPair<V>; readonly to: VariantPair<V>; readonly metric: MetricName }
  | { readonly kind: 'steadier'; readonly steady: V; readonly other: V; readonly metric: MetricName }
  | { readonly kind: 'diverges'; readonly variants: readonly V[] }
  | { readonly kind: 'exact'; readonly test: string }
  | { readonly kind: 'notHere'; readonly because: string };

/** `better` scores better than `worse` (lower, where lower is better). */
export function above<const V extends string>(better: V, worse: V, metric: MetricName): Expectation<V> {
  return { kind: 'above', better, worse, metric };
}

/** `better` scores better than each of `worse`. */
export function aboveAll<const V extends string>(better: V, worse: readonly V[], metric: MetricName): Expectation<V> {
  return { kind: 'aboveAll', better, worse: atLeast('aboveAll', 1, worse), metric };
}

/** `variant` is better than `reference`, or worse by less than `delta`, in the unit of the metric (a share, not per cent). */
export function notBelow<const V extends string>(variant: V, reference: V, delta: number, metric: MetricName): Expectation<V> {
  if (!(delta > 0)) throw new RangeError(`notBelow: delta must be above 0, got ${delta}`);
  return { kind: 'notBelow', variant, reference, delta, metric };
}

/** The metric gets better along the variants: the last is better than the first; every step is shown. */
export function rises<const V extends string>(along: readonly V[], metric: MetricName): Expectation<V> {
  return { kind: 'rises', along: atLeast('rises', 2, along), metric };
}

/** The two differ by less than `delta`, in the unit of the metric (a share, not per cent). */
export function level<const V extends string>(a: V, b: V, delta: number, metric: MetricName): Expectation<V> {
  if (!(delta > 0)) throw new RangeError(`level: delta must be above 0, got ${delta}`);
  return { kind: 'level', a, b, delta, metric };
}

/** The best inner variant is better than both ends. */
export function peaksInside<const V extends string>(along: readonly V[], metric: MetricName): Expectation<V> {
  return { kind: 'peaksInside', along: atLeast('peaksInside', 3, along), metric };
}

/** The gap of the pair `to` is larger than that of the pair `from`. */
export function gapGrows<const V extends string>(from: VariantPair<V>, to: VariantPair<V>, metric: MetricName): Expectation<V> {
  return { kind: 'gapGrows', from, to, metric };
}

/** `steady` spreads less over seeds than `other`. */
export function steadier<const V extends string>(steady: V, other: V, metric: MetricName): Expectation<V> {
  return { kind: 'steadier', steady, other, metric };
}

/** All runs of these variants diverge or collapse. */
export function diverges<const V extends string>(...variants: readonly V[]): Expectation<V> {
  return { kind: 'diverges', variants: atLeast('diverges', 1, variants) };
}

/** A test of that name proves it. */
export function exact(test: string): Expectation<never> {
  return { kind: 'exact', test };
}

/** Cannot be tested here, and why. */
export function notHere(because: string): Expectation<never> {
  return { kind: 'notHere', because };
}

function atLeast<T>(name: string, count: number, items: readonly T[]): readonly T[] {
  if (items.length < count) throw new RangeError(`${name}: needs ${count} variants or more, got ${items.length}`);
  return items;
}

/** Names of all variants that an expectation speaks of. */
export function variantsOf<V extends string>(expectation: Expectation<V>): readonly V[] {
  switch (expectation.kind) {
    case 'above':
      return [expectation.better, expectation.worse];
    case 'aboveAll':
      return [expectation.better, ...expectation.worse];
    case 'notBelow':
      return [expectation.variant, expectation.reference];
    case 'rises':
    case 'peaksInside':
      return expectation.along;
    case 'level':
      return [expectation.a, expectation.b];
    case 'gapGrows':
      return [...expectation.from, ...expectation.to];
    case 'steadier':
      return [expectation.steady, expectation.other];
    case 'diverges':
      return expectation.variants;
    case 'exact':
    case 'notHere':
      return [];
  }
}
