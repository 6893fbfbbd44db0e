import { spreadRatio } from '../statistics/spread-ratio';
import { sampleDeviation } from '../statistics/summary';
import type { Judged } from './gap-verdicts';
import type { Verdict } from './judgement';
import type { Matched } from './scores';

/**
 * Is the first variant's spread over seeds smaller than the second's? Undecided where runs collapsed: a chance value
 * far away outweighs all other seeds, and a few more or fewer of them are soon drawn.
 */
export function judgeSpread(matched: Matched): Judged {
  const [steady, other] = [matched.values[0]!, matched.values[1]!];
  if (matched.seeds.length < 2) return { judgement: { verdict: 'undecided' }, favours: false };
  if (matched.seeds.length === 2) return { judgement: { verdict: 'undecided' }, favours: sampleDeviation(steady) < sampleDeviation(other) };
  const { ratio, p, ...interval } = spreadRatio(steady, other);
  if (matched.collapsed.some((count) => count > 0)) {
    return { judgement: { verdict: 'undecided', gaps: [ratio], mean: ratio, p: 1 }, favours: ratio < 1, note: 'spreads with collapsed runs are not judged' };
  }
  if (Number.isNaN(ratio)) return { judgement: { verdict: 'undecided' }, favours: false, note: 'the other variant does not vary' };
  const verdict: Verdict = interval.high < 1 ? 'holds' : interval.low > 1 ? 'fails' : 'undecided';
  return { judgement: { verdict, gaps: [ratio], mean: ratio, interval, p, method: 'jackknife' }, favours: ratio < 1 };
}
