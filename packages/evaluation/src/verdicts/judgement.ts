import type { Interval } from '../statistics/t-interval';

export type Verdict = 'holds' | 'fails' | 'undecided' | 'not tested' | 'direction seen' | 'not seen';

/** One step of a series, or one of several gaps a claim rests on. */
export interface Step {
  /** `to - from`, oriented so that above 0 is better. */
  readonly from: string;
  readonly to: string;
  readonly mean: number;
  /** 95 %; left out where nothing is judged. */
  readonly interval?: Interval;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Differences seed by seed, above 0 = as claimed; for `steadier` the ratio of spreads alone. */
  readonly gaps?: readonly number[];
  readonly mean?: number;
  /** 95 %, for `level` 90 %, for `peaksInside` by the number of inner variants. */
  readonly interval?: Interval;
  /** Student's t, or the jackknife over seeds where spreads are compared. */
  readonly method?: 't' | 'jackknife';
  /** The gap's 95 % interval for other seeds and other classes together. */
  readonly withClasses?: Interval;
  /** p of the test behind the verdict; undefined where there is none. */
  readonly p?: number;
  /** Gap that this number of seeds finds with 80 % power at the observed deviation. */
  readonly detectableGap?: number;
  readonly steps?: readonly Step[];
  /** Pairs of runs that share a seed. */
  readonly seeds?: number;
  /** Collapsed runs by variant, where there are any. */
  readonly collapsed?: Readonly<Record<string, number>>;
  readonly note?: string;
}
