import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { PROFILE_NAMES } from '../src/define-experiment';
import { experimentIds, loadExperiment } from '../src/load-experiment';
import { publishedTable } from '../src/paper-tables';
import { configOf, planExperiment } from '../src/plan';
import { planStudy } from '../src/plan-study';
import { EXPERIMENTS, WORKSPACE } from '../src/workspace';

const HEADINGS = ['Idea', 'Run it', 'What differs from the paper', 'Metrics', 'Results', 'Claims'];
const MOST_QUICK_VARIANTS = 6;
const text = (...path: string[]) => readFileSync(join(EXPERIMENTS, ...path), 'utf8');

describe.each(experimentIds())('%s', (id) => {
  const { experiment, published } = loadExperiment(id);
  const variants = Object.keys(experiment.variants);

  it('names only what the paper published, in tables and claims', () => {
    for (const [table, { rows, columns }] of Object.entries(experiment.tables)) {
      const source = publishedTable(published, table);
      expect(source.rows.map(({ label }) => label)).toEqual(expect.arrayContaining(Object.keys(rows)));
      expect(source.columns).toEqual(expect.arrayContaining(Object.keys(columns)));
    }
    for (const { published: cells = [] } of Object.values(experiment.claims)) {
      for (const [table, row, column] of cells) expect(publishedTable(published, table).rows.find(({ label }) => label === row)?.values).toHaveProperty([column]);
    }
  });

  it('says of every claim where the paper makes it and what is expected', () => {
    expect(Object.keys(experiment.claims)).toEqual(Object.keys(experiment.claims).map((_, at) => `C${at + 1}`));
    for (const { says, inPaper, expect: expectation } of Object.values(experiment.claims)) {
      expect([says, inPaper, expectation.kind]).not.toContain('');
      if (expectation.kind === 'notHere') expect(expectation.because).not.toBe('');
    }
  });

  it('proves exact claims by tests that are there', () => {
    const named = Object.values(experiment.claims).flatMap(({ expect: expectation }) => (expectation.kind === 'exact' ? [expectation.test] : []));
    const missing = named.filter((name) => {
      const [path = '', title = ''] = name.split(': ');
      const file = join(WORKSPACE, `${path}.test.ts`);
      return !existsSync(file) || !titles(readFileSync(file, 'utf8')).some((one) => one.includes(title));
    });
    expect(missing).toEqual([]);
  });

  it.each(PROFILE_NAMES)('resolves every variant of the profile %s, to a config that survives JSON', (profile) => {
    const planned = planExperiment(experiment, { profile });
    expect(planned.length).toBeGreaterThan(0);
    for (const { config } of planned) expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    if (profile === 'paper') return;
    for (const variant of variants) expect(JSON.parse(JSON.stringify(configOf(experiment, variant, profile)))).toEqual(configOf(experiment, variant, profile));
  });

  it('runs every variant in the smoke profile', () => {
    const named = planExperiment(experiment, { profile: 'smoke' }).flatMap(({ uses }) => uses.flatMap((use) => use.variants));
    expect(named.sort()).toEqual([...variants].sort());
  });

  it(`is quick: one seed, at most ${MOST_QUICK_VARIANTS} variants and what a figure needs`, () => {
    const { variants: quick, seeds } = experiment.profiles.quick;
    expect(quick.length).toBeLessThanOrEqual(MOST_QUICK_VARIANTS);
    expect(seeds).toHaveLength(1);
  });

  it('gives what claims compare ten seeds in the standard profile', () => {
    const { variants: standard, seeds } = experiment.profiles.standard;
    expect(seeds).toHaveLength(10);
    const compared = planExperiment(experiment, { profile: 'standard' }).flatMap(({ uses }) => uses.flatMap((use) => use.variants));
    expect(compared).toEqual(expect.arrayContaining([...(standard === 'all' ? variants : standard)]));
  });

  it('declares studies whose paths and values exist', () => {
    for (const study of Object.keys(experiment.ablations)) expect(planStudy(experiment, { profile: 'standard', study, vary: [] }).points.length).toBeGreaterThan(1);
  });

  it('types no published score', () => {
    const source = readdirSync(join(EXPERIMENTS, id, 'src')).map((file) => text(id, 'src', file)).join('\n');
    const scores = published.tables.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.values(values))).filter((value): value is number => typeof value === 'number' && value > 2 && /\.\d/.test(String(value)));
    expect(scores.filter((score) => new RegExp(`(?<![\\d.])${String(score).replace('.', '\\.')}(?!\\d)`).test(source))).toEqual([]);
  });

  it('has a README with the fixed headings and both generated blocks', () => {
    const readme = text(id, 'README.md');
    expect([...readme.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    for (const block of ['results', 'claims']) {
      expect(readme.split(`<!-- generated:${block} -->`)).toHaveLength(2);
      expect(readme.split(`<!-- /generated:${block} -->`)).toHaveLength(2);
    }
    expect(readme).toContain(experiment.paper.url);
    expect(readme).toContain(`npx nx run ${id}:reproduce`);
  });
});

/** Titles of the tests of a file, `describe` included. */
function titles(source: string): string[] {
  return [...source.matchAll(/\b(?:describe|it|test)(?:\.\w+)?\((?:[^'"`]*?\)\()?(['"`])(.*?)\1/g)].map(([, , title]) => title ?? '');
}
