import type { RandomStream } from '@hypersphere/engine';

/** How a metric varies over seeds. */
export interface Noise {
  readonly name: string;
  /** Score of a run from its standard normal; further draws are its own. */
  readonly score: (z: number, random: RandomStream) => number;
  /** Expected score. */
  readonly mean: number;
}

/** Correlation of the runs of one seed: they share initial weights and batches. */
const SHARED = 0.5;

/** Scores of variants over seeds that they share, `[variant][seed]`. */
export function scores(random: RandomStream, variants: readonly Noise[], seeds: number): number[][] {
  const common = Array.from({ length: seeds }, () => random.normal());
  return variants.map(({ score }) => common.map((z) => score(Math.sqrt(SHARED) * z + Math.sqrt(1 - SHARED) * random.normal(), random)));
}

/** The noise of most metrics. */
export const normal = normalOf(0.9, 0.01);

export function normalOf(mean: number, deviation: number): Noise {
  return { name: 'normal', mean, score: (z) => mean + deviation * z };
}

/** Accuracy near 100 %: log-normal errors, so that bad runs lie far out and good ones close to 1. */
export function nearOne(spread: number, error = 0.01): Noise {
  return {
    name: `near 100 %, errors spread ${Math.round(100 * spread)} %`,
    mean: 1 - error,
    score: (z) => 1 - error * Math.exp(spread * z - (spread * spread) / 2),
  };
}

/** So many wrong of 600 on average: near 1 most runs are equal or one step apart. */
export function counted(wrong: number): Noise {
  return { name: 'about one error of 600', mean: 1 - wrong / 600, score: (_, random) => 1 - poisson(random, wrong) / 600 };
}

/** Chance value at which a collapsed run enters. */
export const COLLAPSED = 0.5;

/** Normal, but some runs collapse. */
export function collapsing(share: number): Noise {
  return {
    name: `${Math.round(100 * share)} % of runs collapse`,
    mean: share * COLLAPSED + (1 - share) * normal.mean,
    score: (z, random) => (random.uniform() < share ? COLLAPSED : normal.score(z, random)),
  };
}

/** The same noise, `by` better on average; collapsed runs stay where they are. */
export function shifted(noise: Noise, by: number): Noise {
  return {
    ...noise,
    mean: noise.mean + by,
    score: (z, random) => {
      const score = noise.score(z, random);
      return score === COLLAPSED ? COLLAPSED : score + by;
    },
  };
}

function poisson(random: RandomStream, mean: number): number {
  let [count, product] = [0, random.uniform()];
  for (; product > Math.exp(-mean); count++) product *= random.uniform();
  return count;
}
