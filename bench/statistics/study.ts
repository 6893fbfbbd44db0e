import { randomStream, type RandomStream } from '@hypersphere/engine';

/** Ends of what a share of trials may be. */
export type Bounds = readonly [least: number, most: number];

/** What a trial says yes or no to: the interval covers, the claim is taken to hold. */
export interface Measure {
  readonly what: string;
  readonly aim: 'coverage' | 'false holds' | 'power';
  /** Left out where a limit of the method is shown. */
  readonly bounds?: Bounds;
}

/** Data whose truth is known, and what is asked of it. */
export interface Study {
  readonly data: string;
  /** Seeds, or classes where one run is measured. */
  readonly n: number;
  readonly of: 'seeds' | 'classes';
  readonly measures: readonly Measure[];
  /** Trials are so many times fewer than asked for: they are dear. Default 1. */
  readonly dear?: number;
  /** One answer a measure. */
  readonly trial: (random: RandomStream) => readonly boolean[];
}

export interface Share extends Measure {
  readonly data: string;
  readonly n: number;
  readonly of: Study['of'];
  readonly trials: number;
  readonly share: number;
  /** Monte Carlo error: standard deviation of the share. */
  readonly error: number;
}

/** 95 % intervals cover in 93 to 97 of 100 samples. */
export const COVERS: Bounds = [0.93, 0.97];
/** For a tau-b, which moves in steps, and for means over collapses: rather too wide. */
export const COVERS_AT_LEAST: Bounds = [0.93, 1];
/** Claims that are not true, 2.5 % on the side of the claim. */
export const FALSE_HOLDS: Bounds = [0, 0.025];
/** The same of two one-sided tests, and of all claims of a paper together. */
export const FALSE_HOLDS_BOTH: Bounds = [0, 0.05];

export interface SimulationOptions {
  readonly repeats: number;
  readonly seed: number;
}

/** Shares of yes over trials; a trial draws from a stream of its own, so that more repeats keep the first ones. */
export function simulate(study: Study, { repeats, seed }: SimulationOptions): Share[] {
  const { data, n, of, measures, dear = 1, trial } = study;
  const trials = Math.max(1, Math.round(repeats / dear));
  const yes = measures.map(() => 0);
  for (let at = 0; at < trials; at++) {
    trial(randomStream(seed, 'generated-data', data, n, at)).forEach((answer, which) => (yes[which]! += answer ? 1 : 0));
  }
  return measures.map((measure, which): Share => {
    const share = yes[which]! / trials;
    return { ...measure, data, n, of, trials, share, error: Math.sqrt(Math.max(share * (1 - share), 1 / trials / 4) / trials) };
  });
}

export type Standing = 'inside' | 'inside by its error' | 'OUTSIDE' | 'limit';

/** Two Monte Carlo errors are granted: a method that is exact lies beyond its own level every other time. */
export function standing({ share, error, bounds }: Share): Standing {
  if (bounds === undefined) return 'limit';
  const [least, most] = bounds;
  if (share >= least && share <= most) return 'inside';
  return share + 2 * error >= least && share - 2 * error <= most ? 'inside by its error' : 'OUTSIDE';
}
