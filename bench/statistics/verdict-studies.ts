import {
  above, gapGrows, holmVerdicts, judge, level, peaksInside, rises, steadier, type Expectation, type Judgement, type Scores,
} from '@hypersphere/evaluation';

import { SEEDS } from './interval-studies';
import { collapsing, COLLAPSED, nearOne, normal, scores, shifted, type Noise } from './seed-noise';
import { FALSE_HOLDS, FALSE_HOLDS_BOTH, type Measure, type Study } from './study';

const METRIC = 'verification.auc';
const DELTA = 0.005;

/** `v1` to `v16` do not differ; `low` is far below them, `edge` above them by the delta of `level`, no less. */
const NAMES = [...Array.from({ length: 16 }, (_, at) => `v${at + 1}`), 'low', 'edge'];

/** Claims of a paper, none of them true. */
const claims: Readonly<Record<string, Expectation<string>>> = {
  above1: above('v1', 'v2', METRIC),
  above2: above('v1', 'v3', METRIC),
  above3: above('v4', 'v5', METRIC),
  above4: above('v6', 'v5', METRIC),
  rises1: rises(['v7', 'v8', 'v9'], METRIC),
  rises2: rises(['v9', 'v10'], METRIC),
  level1: level('edge', 'v11', DELTA, METRIC),
  level2: level('v12', 'edge', DELTA, METRIC),
  peak: peaksInside(['low', 'v1', 'v4', 'v7', 'v11', 'v13'], METRIC),
  grows: gapGrows(['v12', 'v13'], ['v14', 'v15'], METRIC),
  steady: steadier('v14', 'v16', METRIC),
};

const measures: readonly Measure[] = [
  { what: 'above holds', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'above fails', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'rises holds', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'level holds, gap = delta', aim: 'false holds', bounds: FALSE_HOLDS_BOTH },
  { what: 'peaksInside holds, best of 4', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'gapGrows holds', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'steadier holds', aim: 'false holds', bounds: FALSE_HOLDS },
  { what: 'any of 11 claims holds after Holm', aim: 'false holds', bounds: FALSE_HOLDS_BOTH },
];

/** Verdicts as a report gives them, on runs between which there is no effect. */
export function verdictStudies(): Study[] {
  return SEEDS.flatMap((n) => [normal, nearOne(0.3), collapsing(0.2)].map((noise) => ofVerdicts(noise, n)));
}

function ofVerdicts(noise: Noise, n: number): Study {
  const away = DELTA * (noise.mean - COLLAPSED < 0.4 && noise.name.includes('collapse') ? 1 / 0.8 : 1);
  const variants = NAMES.map((name) => (name === 'low' ? shifted(noise, -0.1) : name === 'edge' ? shifted(noise, away) : noise));
  return {
    data: noise.name, n, of: 'seeds', dear: 4, measures,
    trial: (random) => {
      const drawn = scores(random, variants, n);
      const runs: Scores<string> = (variant) => drawn[NAMES.indexOf(variant)]!.map((value, seed) => ({ seed, value, collapsed: value === COLLAPSED }));
      const judged = Object.fromEntries(Object.entries(claims).map(([claim, expectation]) => [claim, judge(expectation, runs, { standard: true, chance: { [METRIC]: COLLAPSED } })]));
      const verdict = (claim: string): Judgement['verdict'] => judged[claim]!.verdict;
      const corrected = Object.values(holmVerdicts(judged));
      return [
        verdict('above1') === 'holds', verdict('above1') === 'fails', verdict('rises1') === 'holds', verdict('level1') === 'holds',
        verdict('peak') === 'holds', verdict('grows') === 'holds', verdict('steady') === 'holds', corrected.some((one) => one.verdict === 'holds'),
      ];
    },
  };
}
