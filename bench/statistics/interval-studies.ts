import { detectableGap, kendallTauB, pairedGap, rankAgreement, spreadRatio, tInterval, type Interval } from '@hypersphere/evaluation';

import { collapsing, counted, nearOne, normal, normalOf, scores, type Noise } from './seed-noise';
import { COVERS, COVERS_AT_LEAST, type Bounds, type Study } from './study';

/** Numbers of seeds at which everything is looked at. */
export const SEEDS = [3, 5, 10] as const;

export const covers = ({ low, high }: Interval, truth: number): boolean => low <= truth && truth <= high;

/** Intervals over seeds. */
export function intervalStudies(): Study[] {
  return SEEDS.flatMap((n) => [
    ofMean(normal, n, COVERS),
    ofMean(nearOne(0.2), n, COVERS),
    ofMean(nearOne(0.5), n),
    ofGap([normalOf(0.905, 0.01), normal], n, COVERS),
    ofGap([nearOne(0.3), nearOne(0.3, 0.02)], n, COVERS),
    ofGap([counted(1.2), counted(2.4)], n, COVERS),
    ofGap([collapsing(0.2), collapsing(0.2)], n, COVERS_AT_LEAST),
    ofGap([collapsing(0.5), collapsing(0.5)], n, COVERS_AT_LEAST),
    ofGap([normal, collapsing(0.2)], n),
    ofSpread(normal, n, 1),
    ofSpread(normal, n, 0.5),
    ofSpread(nearOne(0.3), n, 1),
    ofRanks(n, 'in the published order', [0, 1, 2, 3, 4, 5, 6, 7]),
    ofRanks(n, 'partly in the published order', [0, 2, 1, 3, 4, 7, 6, 5]),
    ofDetectableGap(n),
  ]);
}

function ofMean(noise: Noise, n: number, bounds?: Bounds): Study {
  return {
    data: noise.name, n, of: 'seeds',
    measures: [{ what: 'mean (t)', aim: 'coverage', ...(bounds && { bounds }) }],
    trial: (random) => [covers(tInterval(scores(random, [noise], n)[0]!), noise.mean)],
  };
}

function ofGap([own, other]: readonly [Noise, Noise], n: number, bounds?: Bounds): Study {
  return {
    data: own.name === other.name ? own.name : `${own.name}, in the other arm ${other.name}`, n, of: 'seeds',
    measures: [{ what: 'paired gap (t)', aim: 'coverage', ...(bounds && { bounds }) }],
    trial: (random) => {
      const [a, b] = scores(random, [own, other], n);
      return [covers(pairedGap(a!, b!), own.mean - other.mean)];
    },
  };
}

/** Spread of a noise against the same one, scaled about its mean. */
function ofSpread(noise: Noise, n: number, ratio: number): Study {
  const steady: Noise = { ...noise, score: (z, random) => noise.mean + ratio * (noise.score(z, random) - noise.mean) };
  return {
    data: ratio === 1 ? noise.name : `${noise.name}, one half as wide`, n, of: 'seeds',
    measures: [{ what: 'ratio of spreads (jackknife)', aim: 'coverage', bounds: COVERS }],
    trial: (random) => {
      const [a, b] = scores(random, [steady, noise], n);
      return [covers(spreadRatio(a!, b!), ratio)];
    },
  };
}

/** Rows half a deviation apart: neighbours can hardly be told from each other. */
function ofRanks(n: number, data: string, order: readonly number[]): Study {
  const rows = order.map((place) => normalOf(0.9 + 0.005 * place, 0.01));
  const published = order.map((_, at) => at);
  const truth = kendallTauB(published, rows.map(({ mean }) => mean));
  return {
    data: `8 rows ${data}`, n, of: 'seeds',
    measures: [{ what: 'tau-b', aim: 'coverage', bounds: COVERS_AT_LEAST }],
    trial: (random) => [covers(rankAgreement({ published, ours: scores(random, rows, n) })!, truth)],
  };
}

/** A gap that n seeds find with 80 % power: the two arms' deviation is 0.01, as their correlation is a half. */
function ofDetectableGap(n: number): Study {
  const gap = detectableGap(0.01, n);
  return {
    data: 'normal, a gap as large as that', n, of: 'seeds',
    measures: [{ what: 'detectable gap', aim: 'power', bounds: [0.79, 0.81] }],
    trial: (random) => {
      const [a, b] = scores(random, [normalOf(0.9 + gap, 0.01), normal], n);
      return [pairedGap(a!, b!).p < 0.05];
    },
  };
}
