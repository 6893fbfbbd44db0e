import { bootstrapMean, gapOverSeedsAndClasses, spreadRatio } from '../statistics/bootstrap-gap';
import { detectableGap } from '../statistics/detectable-gap';
import { equivalence } from '../statistics/equivalence';
import { gapOf, oneSidedP } from '../statistics/paired-gap';
import { mean, sampleDeviation } from '../statistics/summary';
import type { Interval } from '../statistics/t-interval';
import type { Judgement, Step, Verdict } from './judgement';
import type { Matched } from './scores';

/** A judgement, and whether the point estimate alone is as claimed. */
export interface Judged {
  readonly judgement: Judgement;
  readonly favours: boolean;
  readonly note?: string;
}

export interface GapOptions {
  readonly seed: number;
  /** Names of the variants, where every step is to be shown. */
  readonly names?: readonly string[];
}

/** Signed variants, whose sum is the gap of a seed. */
export type Terms = readonly (readonly [sign: number, variant: number])[];

/** Is the gap above 0? */
export function judgeGap(matched: Matched, terms: Terms, { seed, names }: GapOptions): Judged {
  const gaps = combined(matched.values, terms);
  const estimate = estimated(gaps, anyCollapsed(matched, terms), seed);
  const { low, high } = estimate.interval;
  const verdict: Verdict = low > 0 ? 'holds' : high < 0 ? 'fails' : 'undecided';
  const judgement = { verdict, gaps, ...estimate, ...resampled(matched, terms, seed), ...detectable(gaps), ...stepsOf(matched, names, seed) };
  return { judgement, favours: mean(gaps) > 0 };
}

/** Is the gap within +-delta? */
export function judgeLevel(matched: Matched, delta: number, { seed }: GapOptions): Judged {
  const terms: Terms = [[1, 0], [-1, 1]];
  const gaps = combined(matched.values, terms);
  const collapsed = anyCollapsed(matched, terms);
  const centre = mean(gaps);
  const interval = collapsed ? bounds(bootstrapMean(gaps, { seed, level: 0.9 })) : equivalence(gaps, delta).interval90;
  const verdict: Verdict = interval.low > -delta && interval.high < delta
    ? 'holds'
    : interval.low > delta || interval.high < -delta ? 'fails' : 'undecided';
  const p = verdict === 'fails' ? beyondP(gaps, delta, collapsed, seed) : levelP(gaps, delta, collapsed, seed);
  const judgement: Judgement = {
    verdict, gaps, mean: centre, interval, p, method: collapsed ? 'bootstrap' : 't',
    ...resampled(matched, terms, seed), ...detectable(gaps),
  };
  return { judgement, favours: Math.abs(centre) < delta };
}

/** Is the gap above -delta? */
export function judgeNotBelow(matched: Matched, delta: number, { seed }: GapOptions): Judged {
  const terms: Terms = [[1, 0], [-1, 1]];
  const gaps = combined(matched.values, terms);
  const { interval: { low, high }, p, method } = estimated(gaps.map((gap) => gap + delta), anyCollapsed(matched, terms), seed);
  const verdict: Verdict = low > 0 ? 'holds' : high < 0 ? 'fails' : 'undecided';
  const judgement: Judgement = {
    verdict, gaps, mean: mean(gaps), interval: { low: low - delta, high: high - delta }, p, method,
    ...resampled(matched, terms, seed), ...detectable(gaps),
  };
  return { judgement, favours: mean(gaps) > -delta };
}

/** Is every gap above 0? Shown is the smallest. That one of them lies below 0 is said after Bonferroni's correction for their number. */
export function judgeAll(matched: Matched, gaps: readonly Terms[], { seed, names }: GapOptions): Judged {
  const judged = gaps.map((terms) => judgeGap(matched, terms, { seed }));
  const below = judged.filter(({ judgement }) => judgement.mean! < 0).map(({ judgement }) => Math.min(1, gaps.length * judgement.p!));
  const fails = below.some((p) => p <= 0.05);
  const holds = judged.every(({ judgement }) => judgement.verdict === 'holds');
  const smallest = judged.reduce((a, b) => (b.judgement.mean! < a.judgement.mean! ? b : a));
  const p = fails ? Math.min(...below) : Math.max(...judged.map(({ judgement }) => judgement.p!));
  const against = names?.[gaps[judged.indexOf(smallest)]!.at(-1)![1]];
  return {
    judgement: { ...smallest.judgement, verdict: fails ? 'fails' : holds ? 'holds' : 'undecided', p },
    favours: judged.every(({ favours }) => favours),
    ...(against !== undefined && gaps.length > 1 && { note: `the smallest gap is to ${against}` }),
  };
}

/** Is the best inner variant above both ends? Shown is the end it clears by less. */
export function judgePeak(matched: Matched, { seed, names = [] }: GapOptions): Judged {
  const last = matched.values.length - 1;
  const means = matched.values.map(mean);
  const best = means.slice(1, last).reduce((top, value, at) => (value > means[top]! ? at + 1 : top), 1);
  const { judgement, favours } = judgeAll(matched, [0, last].map((end) => [[1, best], [-1, end]]), { seed });
  return { judgement: { ...judgement, ...stepsOf(matched, names, seed) }, favours, note: `best inside: ${names[best] ?? best}` };
}

/** Is the first variant's spread over seeds smaller than the second's? */
export function judgeSpread(matched: Matched, { seed }: GapOptions): Judged {
  const [steady, other] = [matched.values[0]!, matched.values[1]!];
  if (matched.seeds.length < 2) return { judgement: { verdict: 'undecided' }, favours: false };
  const { ratio, p, ...interval } = spreadRatio(steady, other, { seed });
  if (Number.isNaN(ratio)) return { judgement: { verdict: 'undecided' }, favours: false, note: 'the other variant does not vary' };
  const verdict: Verdict = interval.high < 1 ? 'holds' : interval.low > 1 ? 'fails' : 'undecided';
  return { judgement: { verdict, gaps: [ratio], mean: ratio, interval, p, method: 'bootstrap' }, favours: ratio < 1 };
}

function combined(values: readonly (readonly number[])[], terms: Terms): number[] {
  const first = values[terms[0]![1]]!;
  return first.map((_, at) => terms.reduce((sum, [sign, variant]) => sum + sign * values[variant]![at]!, 0));
}

const anyCollapsed = ({ collapsed }: Matched, terms: Terms): boolean => terms.some(([, variant]) => collapsed[variant]! > 0);
const bounds = ({ low, high }: Interval): Interval => ({ low, high });

interface Estimate {
  readonly mean: number;
  readonly interval: Interval;
  readonly p: number;
  readonly method: 't' | 'bootstrap';
}

function estimated(gaps: readonly number[], collapsed: boolean, seed: number): Estimate {
  const { mean: centre, p, ...interval } = gapOf(gaps);
  if (!collapsed) return { mean: centre, interval: bounds(interval), p, method: 't' };
  const drawn = bootstrapMean(gaps, { seed });
  return { mean: centre, interval: bounds(drawn), p: drawn.p, method: 'bootstrap' };
}

function resampled({ replicates }: Matched, terms: Terms, seed: number): Pick<Judgement, 'withClasses'> {
  if (replicates === undefined) return {};
  const gaps = replicates[0]!.map((_, run) => combined(replicates.map((variant) => variant[run]!), terms));
  return { withClasses: bounds(gapOverSeedsAndClasses(gaps, { seed })) };
}

function detectable(gaps: readonly number[]): Pick<Judgement, 'detectableGap'> {
  return gaps.length < 2 ? {} : { detectableGap: detectableGap(sampleDeviation(gaps), gaps.length) };
}

function stepsOf(matched: Matched, names: readonly string[] | undefined, seed: number): { readonly steps?: readonly Step[] } {
  if (names === undefined) return {};
  const steps = names.slice(1).map((to, at): Step => {
    const terms: Terms = [[1, at + 1], [-1, at]];
    const { mean: gap, interval } = estimated(combined(matched.values, terms), anyCollapsed(matched, terms), seed);
    return { from: names[at]!, to, mean: gap, interval };
  });
  return { steps };
}

function levelP(gaps: readonly number[], delta: number, collapsed: boolean, seed: number): number {
  if (!collapsed) return equivalence(gaps, delta).p;
  if (Math.abs(mean(gaps)) >= delta) return 1;
  return Math.max(...[-delta, delta].map((nullValue) => bootstrapMean(gaps, { seed, nullValue }).p)) / 2;
}

function beyondP(gaps: readonly number[], delta: number, collapsed: boolean, seed: number): number {
  const [border, side] = mean(gaps) > 0 ? ([delta, 'above'] as const) : ([-delta, 'below'] as const);
  return collapsed ? bootstrapMean(gaps, { seed, nullValue: border }).p / 2 : oneSidedP(gaps, border, side);
}
