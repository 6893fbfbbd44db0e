import type { MetricName } from '../metrics/registry';

/** One run's score. */
export interface SeedScore {
  readonly seed: number;
  /** Ignored for a collapsed run: it enters at the chance value. */
  readonly value?: number;
  /** Diverged or collapsed; a run that failed to run is left out of the list. */
  readonly collapsed?: boolean;
  /** Replicates of the bootstrap over classes. */
  readonly replicates?: readonly (number | null)[];
}

/** One score per seed, for the variants and metrics of a paper. `metric` is undefined where only the outcome matters. */
export type Scores<V extends string> = (variant: V, metric: MetricName | undefined) => readonly SeedScore[];

/** Runs of several variants that share a seed, oriented so that higher is better. */
export interface Matched {
  readonly seeds: readonly number[];
  /** Values by variant, then seed. */
  readonly values: readonly (readonly number[])[];
  /** Replicates by variant, then seed; undefined unless every run has them. */
  readonly replicates: readonly (readonly (readonly number[])[])[] | undefined;
  /** Collapsed runs by variant. */
  readonly collapsed: readonly number[];
  /** Whether a collapsed run has no chance value to enter at. */
  readonly withoutChance: boolean;
  /** Whether some list has a seed that another has not. */
  readonly unshared: boolean;
}

/**
 * Takes the seeds that all lists have, puts collapsed runs at the chance value, turns lower-is-better round.
 *
 * @param chance value of the metric at chance; undefined if it has none
 */
export function match(lists: readonly (readonly SeedScore[])[], higherIsBetter: boolean, chance: number | undefined): Matched {
  const seeds = (lists[0] ?? []).map(({ seed }) => seed).filter((seed) => lists.every((list) => list.some((run) => run.seed === seed)));
  seeds.sort((a, b) => a - b);
  const runs = lists.map((list) => seeds.map((seed) => list.find((run) => run.seed === seed)!));
  const sign = higherIsBetter ? 1 : -1;
  const all = runs.flat();
  const drawn = all.find((run) => !run.collapsed)?.replicates?.length ?? 0;
  const complete = drawn > 0 && all.every((run) => run.collapsed || run.replicates?.length === drawn);
  return {
    seeds,
    values: runs.map((own) => own.map((run) => sign * ((run.collapsed ? chance : run.value) ?? Number.NaN))),
    replicates: complete
      ? runs.map((own) => own.map((run) => run.collapsed
        ? new Array<number>(drawn).fill(sign * (chance ?? Number.NaN))
        : run.replicates!.map((value) => (value === null ? Number.NaN : sign * value))))
      : undefined,
    collapsed: runs.map((own) => own.filter((run) => run.collapsed).length),
    unshared: lists.some((list) => list.length !== seeds.length),
    withoutChance: chance === undefined && all.some((run) => run.collapsed),
  };
}
