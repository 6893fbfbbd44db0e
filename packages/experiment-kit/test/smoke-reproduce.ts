import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { loadExperiment } from '../src/load-experiment';
import { planExperiment } from '../src/plan';
import type { RunRecord } from '../src/run-record';
import { openRunStore } from '../src/run-store';
import { EXPERIMENTS } from '../src/workspace';
import { emptyPlace, runCli, type Ended } from './command-line';

const MINUTES = 60_000;

export interface SmokeRuns {
  /** The stored run of a variant. */
  readonly record: (variant: string) => RunRecord;
  readonly folder: () => string;
}

/**
 * Reproduces an experiment's smoke profile through the command line into an empty folder, and tests what holds for every
 * experiment: nothing failed, losses are finite, tables are complete, figures are there. Never scores.
 */
export function smokeReproduce(id: string): SmokeRuns {
  jest.setTimeout(10 * MINUTES);
  const place = emptyPlace(temporaryFolder());
  const folder = join(place.results, id, 'smoke');
  const { experiment } = loadExperiment(id);
  const records = () => [...openRunStore(id, 'smoke', place.results).read().values()];
  let ended: Ended;
  beforeAll(async () => {
    ended = await runCli(['reproduce', id, '--profile=smoke', '--jobs=2'], place, { env: { HYPERSPHERE_EXPERIMENTS: EXPERIMENTS } });
  });

  it('ends well', () => {
    expect({ code: ended.code, stderr: ended.stderr, failed: ended.stdout.match(/^FAILED.*$/gm) }).toEqual({ code: 0, stderr: '', failed: null });
  });

  it('trains every run of the plan, with finite losses and metrics', () => {
    expect(records().map((record) => record.id).sort()).toEqual(planExperiment(experiment, { profile: 'smoke' }).map((run) => run.id).sort());
    for (const { status, curve, metrics, variants } of records()) {
      expect({ variants, status }).not.toMatchObject({ status: 'failed' });
      expect(curve.length).toBeGreaterThan(0);
      if (status !== 'done') continue;
      expect(curve.filter(({ loss }) => loss === null)).toEqual([]);
      expect(Object.keys(metrics).length).toBeGreaterThan(5);
    }
  });

  it.each(Object.keys(experiment.tables))('completes %s', (table) => {
    const text = readFileSync(join(folder, `${table}.md`), 'utf8');
    expect(text.match(/\b(missing|stale|NaN|undefined|not in the smoke profile)\b/g)).toBeNull();
    for (const ending of ['csv', 'tex']) expect(statSync(join(folder, `${table}.${ending}`)).size).toBeGreaterThan(0);
  });

  const figures = Object.keys(experiment.figures);
  if (figures.length > 0) {
    it.each(figures)('draws %s', (figure) => {
      for (const ending of ['vl.json', 'svg', 'png']) expect(existsSync(join(folder, `${figure}.${ending}`))).toBe(true);
    });
  }

  it('lists every claim', () => {
    const text = readFileSync(join(folder, 'claims.md'), 'utf8');
    for (const claim of Object.keys(experiment.claims)) expect(text).toMatch(new RegExp(`\\b${claim}\\b`));
  });

  return {
    folder: () => folder,
    record(variant) {
      const found = records().find(({ variants }) => variants.includes(variant));
      if (found === undefined) throw new Error(`${id}: no record of ${variant}`);
      return found;
    },
  };
}
