import { detectableGap } from '../statistics/detectable-gap';
import { equivalence } from '../statistics/equivalence';
import { gapOf, oneSidedP } from '../statistics/paired-gap';
import { gapOverSeedsAndClasses } from '../statistics/seeds-and-classes';
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
  /** Names of the variants, where every step is to be shown. */
  readonly names?: readonly string[];
  /** Variants among which the better one was picked by its mean: interval and p are corrected for so many tries. Default 1. */
  readonly pickedFrom?: number;
}

/** Signed variants, whose sum is the gap of a seed. */
export type Terms = readonly (readonly [sign: number, variant: number])[];

/** Is the gap above 0? */
export function judgeGap(matched: Matched, terms: Terms, { names, pickedFrom = 1 }: GapOptions = {}): Judged {
  const gaps = combined(matched.values, terms);
  const estimate = estimated(gaps, pickedFrom);
  const { low, high } = estimate.interval;
  const verdict: Verdict = low > 0 ? 'holds' : high < 0 ? 'fails' : 'undecided';
  const judgement = { verdict, gaps, ...estimate, ...resampled(matched, gaps, terms), ...detectable(gaps), ...stepsOf(matched, names) };
  return { judgement, favours: mean(gaps) > 0 };
}

/** Is the gap within +-delta? */
export function judgeLevel(matched: Matched, delta: number): Judged {
  const terms: Terms = [[1, 0], [-1, 1]];
  const gaps = combined(matched.values, terms);
  const centre = mean(gaps);
  const { interval90: interval, p: levelP } = equivalence(gaps, delta);
  const verdict: Verdict = interval.low > -delta && interval.high < delta
    ? 'holds'
    : interval.low > delta || interval.high < -delta ? 'fails' : 'undecided';
  const p = verdict === 'fails' ? beyondP(gaps, delta) : levelP;
  const judgement: Judgement = { verdict, gaps, mean: centre, interval, p, method: 't', ...resampled(matched, gaps, terms), ...detectable(gaps) };
  return { judgement, favours: Math.abs(centre) < delta };
}

/** Is the gap above -delta? */
export function judgeNotBelow(matched: Matched, delta: number): Judged {
  const terms: Terms = [[1, 0], [-1, 1]];
  const gaps = combined(matched.values, terms);
  const { interval: { low, high }, p, method } = estimated(gaps.map((gap) => gap + delta), 1);
  const verdict: Verdict = low > 0 ? 'holds' : high < 0 ? 'fails' : 'undecided';
  const judgement: Judgement = {
    verdict, gaps, mean: mean(gaps), interval: { low: low - delta, high: high - delta }, p, method,
    ...resampled(matched, gaps, terms), ...detectable(gaps),
  };
  return { judgement, favours: mean(gaps) > -delta };
}

/** Is every gap above 0? Shown is the smallest. That one of them lies below 0 is said after Bonferroni's correction for their number. */
export function judgeAll(matched: Matched, gaps: readonly Terms[], { names, pickedFrom = 1 }: GapOptions): Judged {
  const judged = gaps.map((terms) => judgeGap(matched, terms, { pickedFrom }));
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

/**
 * Is the best inner variant above both ends? Shown is the end it clears by less. The best of k is a lucky one: its
 * interval has the level 1 - 0.05 / k (Bonferroni).
 */
export function judgePeak(matched: Matched, { names = [] }: GapOptions): Judged {
  const last = matched.values.length - 1;
  const means = matched.values.map(mean);
  const best = means.slice(1, last).reduce((top, value, at) => (value > means[top]! ? at + 1 : top), 1);
  const { judgement, favours } = judgeAll(matched, [0, last].map((end) => [[1, best], [-1, end]]), { pickedFrom: last - 1 });
  const note = `best inside: ${names[best] ?? best}${last > 2 ? `, corrected as the best of ${last - 1}` : ''}`;
  return { judgement: { ...judgement, ...stepsOf(matched, names) }, favours, note };
}

function combined(values: readonly (readonly number[])[], terms: Terms): number[] {
  const first = values[terms[0]![1]]!;
  return first.map((_, at) => terms.reduce((sum, [sign, variant]) => sum + sign * values[variant]![at]!, 0));
}

const bounds = ({ low, high }: Interval): Interval => ({ low, high });

interface Estimate {
  readonly mean: number;
  readonly interval: Interval;
  readonly p: number;
  readonly method: 't';
}

function estimated(gaps: readonly number[], tries: number): Estimate {
  const { mean: centre, p, ...interval } = gapOf(gaps, 1 - 0.05 / tries);
  return { mean: centre, interval: bounds(interval), p: Math.min(1, tries * p), method: 't' };
}

function resampled({ replicates }: Matched, gaps: readonly number[], terms: Terms): Pick<Judgement, 'withClasses'> {
  if (replicates === undefined || gaps.length < 2) return {};
  const withClasses = gapOverSeedsAndClasses({
    gaps,
    replicates: gaps.map((_, run) => combined(replicates.map((variant) => variant[run]!), terms)),
  });
  return Number.isNaN(withClasses.low) ? {} : { withClasses };
}

function detectable(gaps: readonly number[]): Pick<Judgement, 'detectableGap'> {
  return gaps.length < 2 ? {} : { detectableGap: detectableGap(sampleDeviation(gaps), gaps.length) };
}

function stepsOf(matched: Matched, names: readonly string[] | undefined): { readonly steps?: readonly Step[] } {
  if (names === undefined) return {};
  const steps = names.slice(1).map((to, at): Step => {
    const { mean: gap, interval } = estimated(combined(matched.values, [[1, at + 1], [-1, at]]), 1);
    return { from: names[at]!, to, mean: gap, interval };
  });
  return { steps };
}

function beyondP(gaps: readonly number[], delta: number): number {
  return mean(gaps) > 0 ? oneSidedP(gaps, delta, 'above') : oneSidedP(gaps, -delta, 'below');
}
