import { describe, expect, it } from '@jest/globals';

import { crossedStudies } from '../statistics/crossed-studies';
import { intervalStudies } from '../statistics/interval-studies';
import { simulationFigure, simulationTables } from '../statistics/report';
import { simulate, standing, type Share, type Study } from '../statistics/study';
import { verdictStudies } from '../statistics/verdict-studies';

/** Fewer trials than the docs have: bounds are those of the docs, and three binomial errors more. The seed is fixed: what passes once does so always. */
const ERRORS = 3;

function beyond({ what, data, n, share, trials, bounds }: Share): string[] {
  const [least, most] = bounds ?? [0, 1];
  const error = (bound: number): number => Math.sqrt((bound * (1 - bound)) / trials);
  const fits = share >= least - ERRORS * error(least) && share <= most + ERRORS * error(most);
  return fits ? [] : [`${what}, ${data}, ${n}: ${share} of ${trials}`];
}

const shortened = (studies: readonly Study[], repeats: number): string[] =>
  studies.flatMap((study) => simulate({ ...study, dear: 1 }, { repeats, seed: 7 })).flatMap(beyond);

it('intervals over seeds cover', () => expect(shortened(intervalStudies(), 300)).toEqual([]));
it('Student\'s intervals of normal noise have their level, whose bounds are narrower', () => {
  const exact = intervalStudies().filter(({ data, measures: [measure] }) => data === 'normal' && measure?.what.endsWith('(t)'));
  const narrow = exact.map((study): Study => ({ ...study, measures: study.measures.map((measure) => ({ ...measure, bounds: [0.95, 0.95] })) }));
  expect(narrow).toHaveLength(6);
  expect(shortened(narrow, 4000)).toEqual([]);
});
it('intervals over seeds and classes cover', () => {
  expect(shortened(crossedStudies().filter(({ data }) => data.startsWith('50')), 150)).toEqual([]);
});
it('false claims do not hold', () => expect(shortened(verdictStudies(), 150)).toEqual([]));

describe('a share', () => {
  const share: Share = { what: 'gap', data: 'normal', aim: 'coverage', n: 3, of: 'seeds', trials: 1000, share: 0.95, error: 0.007, bounds: [0.93, 0.97] };

  it('stands inside, inside by its error, or outside', () => {
    expect([0.95, 0.93, 0.92, 0.9, 0.98, 0.99].map((value) => standing({ ...share, share: value }))).toEqual(['inside', 'inside', 'inside by its error', 'OUTSIDE', 'inside by its error', 'OUTSIDE']);
    expect(standing({ what: 'gap', data: '', aim: 'coverage', n: 3, of: 'seeds', trials: 9, share: 0, error: 0 })).toBe('limit');
  });

  it('comes with its Monte Carlo error, from trials that are those of a longer run', () => {
    const study: Study = { data: 'coins', n: 3, of: 'seeds', measures: [{ what: 'heads', aim: 'coverage' }], trial: (random) => [random.uniform() < 0.5] };
    const [found] = simulate(study, { repeats: 400, seed: 1 });
    expect(found!.error).toBeCloseTo(Math.sqrt((found!.share * (1 - found!.share)) / 400));
    expect(Math.abs(found!.share - 0.5)).toBeLessThan(0.125);
    expect(simulate({ ...study, dear: 4 }, { repeats: 1600, seed: 1 })).toEqual([found]);
  });

  it('is a line of a table and a dot of the figure', () => {
    expect(simulationTables([share])).toContain('| gap | normal | 3 seeds | 1000 | 95.0 ± 0.7 | 93 to 97 | inside |');
    const text = JSON.stringify(simulationFigure([share, { ...share, aim: 'false holds', bounds: [0, 0.025], share: 0.1 }]));
    expect(text).toContain('"label":"gap, 3 seeds","share":95');
    expect(text).toContain('"standing":"outside"');
  });
});
