import { metricRegistry, type MetricName } from '../metrics/registry';
import { variantsOf, type Expectation } from './expectations';
import { judgeAll, judgeGap, judgeLevel, judgeNotBelow, judgePeak, type Judged } from './gap-verdicts';
import type { Judgement } from './judgement';
import { match, type Matched, type Scores } from './scores';
import { judgeSpread } from './spread-verdict';

export interface JudgeOptions {
  /** Whether these are the runs of the standard profile, the only one that is judged. */
  readonly standard: boolean;
  /** Chance values, for collapsed runs (`chanceValue`); a metric without one is not compared when a run collapsed. */
  readonly chance?: Readonly<Partial<Record<MetricName, number>>>;
  /** Outcome of named tests, for `exact`. */
  readonly tests?: Readonly<Record<string, boolean>>;
}

/** Below this many seeds nothing is judged. */
export const LEAST_SEEDS = 3;

/**
 * Judges one claim from runs that share seeds. Below three seeds, or outside the standard profile, it says only
 * whether the direction was seen. Collapsed runs enter at the chance value and are counted.
 *
 * | expectation | holds when |
 * |---|---|
 * | `above` | the 95 % interval of the paired gap is above 0 (`fails`: below 0) |
 * | `aboveAll` | the same of each gap (`fails`: one is below 0, after Bonferroni's correction); shown is the smallest |
 * | `notBelow` | the 95 % interval of the gap is above -delta (`fails`: below it) |
 * | `rises` | as `above`, of last against first; every step is shown |
 * | `level` | the 90 % interval of the gap lies inside +-delta (`fails`: wholly beyond it) |
 * | `peaksInside` | the best inner variant is `above` both ends, the level corrected for its choice |
 * | `gapGrows` | the 95 % interval of the difference of paired gaps is above 0 |
 * | `steadier` | the 95 % jackknife interval of the ratio of spreads is below 1 |
 * | `diverges` | every run collapses (`fails`: none does) |
 * | `exact` | the named test passed |
 */
export function judge<V extends string>(expectation: Expectation<V>, scores: Scores<V>, options: JudgeOptions): Judgement {
  if (expectation.kind === 'notHere') return { verdict: 'not tested', note: expectation.because };
  if (expectation.kind === 'exact') return judgeExact(expectation.test, options);
  if (expectation.kind === 'diverges') return judgeDivergence(expectation.variants, scores, options);
  const { metric } = expectation;
  const variants = variantsOf(expectation);
  const chance = options.chance?.[metric];
  const matched = match(variants.map((variant) => scores(variant, metric)), metricRegistry[metric].higherIsBetter, chance);
  const counted = collapsedBy(variants, matched);
  if (matched.seeds.length === 0) return { verdict: 'not tested', seeds: 0, note: `no runs of ${variants.join(', ')} share a seed` };
  if (matched.withoutChance || matched.values.flat().some(Number.isNaN)) {
    const why = matched.withoutChance ? 'runs collapsed' : 'values are missing';
    const verdict = options.standard && matched.seeds.length >= LEAST_SEEDS ? 'undecided' : 'not seen';
    return { verdict, seeds: matched.seeds.length, ...counted, note: `${why} and ${metric} cannot be compared` };
  }
  const judged = compare(expectation, matched, variants);
  const few = matched.seeds.length < LEAST_SEEDS;
  const notes = [judged.note, matched.unshared ? 'seeds that not all variants have are left out' : undefined];
  if (options.standard && !few) return { ...judged.judgement, seeds: matched.seeds.length, ...counted, ...noted(notes) };
  const { gaps, mean } = judged.judgement;
  return {
    verdict: judged.favours ? 'direction seen' : 'not seen',
    gaps,
    mean,
    steps: judged.judgement.steps?.map(({ from, to, mean: gap }) => ({ from, to, mean: gap })),
    seeds: matched.seeds.length,
    ...counted,
    ...noted([few ? notJudged(matched.seeds.length) : 'not judged: only the standard profile is', ...notes]),
  };
}

const notJudged = (seeds: number): string => `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, not judged`;

function noted(notes: readonly (string | undefined)[]): { readonly note?: string } {
  const known = notes.filter((note) => note !== undefined);
  return known.length === 0 ? {} : { note: known.join('; ') };
}

type Compared<V extends string> = Exclude<Expectation<V>, { kind: 'notHere' | 'exact' | 'diverges' }>;

function compare<V extends string>(expectation: Compared<V>, matched: Matched, names: readonly V[]): Judged {
  const last = names.length - 1;
  switch (expectation.kind) {
    case 'above':
      return judgeGap(matched, [[1, 0], [-1, 1]]);
    case 'aboveAll':
      return judgeAll(matched, names.slice(1).map((_, at) => [[1, 0], [-1, at + 1]]), { names });
    case 'notBelow':
      return judgeNotBelow(matched, expectation.delta);
    case 'rises':
      return judgeGap(matched, [[1, last], [-1, 0]], { names });
    case 'level':
      return judgeLevel(matched, expectation.delta);
    case 'peaksInside':
      return judgePeak(matched, { names });
    case 'gapGrows':
      return judgeGap(matched, [[1, 2], [-1, 3], [-1, 0], [1, 1]]);
    case 'steadier':
      return judgeSpread(matched);
  }
}

function judgeExact(test: string, { tests }: JudgeOptions): Judgement {
  const passed = tests?.[test];
  if (passed === undefined) return { verdict: 'not tested', note: `the test "${test}" was not run` };
  return { verdict: passed ? 'holds' : 'fails', note: `test "${test}"` };
}

function judgeDivergence<V extends string>(variants: readonly V[], scores: Scores<V>, { standard }: JudgeOptions): Judgement {
  const lists = variants.map((variant) => scores(variant, undefined));
  const counts = lists.map((list) => list.filter((run) => run.collapsed).length);
  const [runs, collapsed] = [lists.flat().length, counts.reduce((sum, count) => sum + count, 0)];
  const seeds = Math.min(...lists.map((list) => list.length));
  if (seeds === 0) return { verdict: 'not tested', seeds, note: 'no runs' };
  const shown = { seeds, collapsed: named(variants, counts) };
  const note = `${collapsed} of ${runs} runs collapsed`;
  const all = collapsed === runs;
  if (standard && seeds >= LEAST_SEEDS) return { verdict: all ? 'holds' : collapsed === 0 ? 'fails' : 'undecided', ...shown, note };
  const why = seeds < LEAST_SEEDS ? notJudged(seeds) : 'not judged: only the standard profile is';
  return { verdict: all ? 'direction seen' : 'not seen', ...shown, note: `${why}; ${note}` };
}

/** Collapsed runs of each variant, where there are any at all. */
function collapsedBy(variants: readonly string[], { collapsed }: Matched): Pick<Judgement, 'collapsed'> {
  return collapsed.some((count) => count > 0) ? { collapsed: named(variants, collapsed) } : {};
}

function named(variants: readonly string[], counts: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(variants.map((variant, at) => [variant, counts[at]!]));
}
