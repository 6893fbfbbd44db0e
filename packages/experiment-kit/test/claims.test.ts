import { describe, expect, it } from '@jest/globals';
import { exact, type Expectation } from '@hypersphere/evaluation';

import type { Experiment } from '../src/define-experiment';
import { claimRecords } from '../src/report/claim-records';
import type { ReportSource } from '../src/report/source';
import type { SeedRun } from '../src/report/variant-runs';
import { madeUpRecord } from './made-up-record';
import { tiny } from './tiny';

const METRIC = 'identification.rank1';
const values: Readonly<Record<string, readonly number[]>> = { softmax: [0.5, 0.52, 0.51, 0.49], cosface: [0.61, 0.62, 0.6, 0.6] };

/** As many seeds of each variant as asked for. */
function sourceOf(profile: ReportSource['profile'], seeds: number, claims: Experiment['claims']): ReportSource {
  const runs = (variant: string): SeedRun[] =>
    (values[variant] ?? []).slice(0, seeds).map((value, seed) => {
      const record = madeUpRecord(variant as 'softmax', seed, { metrics: { [METRIC]: { value } } });
      return { seed, id: record.id, state: 'done', record };
    });
  return { experiment: { ...tiny.experiment, claims }, profile, runs } as unknown as ReportSource;
}

const claim = (expect: Expectation<string>, published?: Experiment['claims'][string]['published']): Experiment['claims'] => ({ C1: { says: 'it', inPaper: 'Table 1', expect, ...(published === undefined ? {} : { published }) } });
const verdict = (source: ReportSource) => claimRecords(source, tiny.published)[0]?.judgement.verdict;
const above: Expectation<string> = { kind: 'above', better: 'cosface', worse: 'softmax', metric: METRIC };
const below: Expectation<string> = { kind: 'above', better: 'softmax', worse: 'cosface', metric: METRIC };

describe('claimRecords', () => {
  it('judges the standard profile with three seeds or more', () => {
    expect(verdict(sourceOf('standard', 4, claim(above)))).toBe('holds');
    expect(verdict(sourceOf('standard', 4, claim(below)))).toBe('fails');
  });

  it('gives the direction only with fewer seeds', () => {
    expect(verdict(sourceOf('quick', 1, claim(above)))).toBe('direction seen');
    expect(verdict(sourceOf('quick', 1, claim(below)))).toBe('not seen');
  });

  it('takes an exact claim from the test that proves it', () => {
    const proven = 'packages/experiment-kit/test/claims: takes an exact claim from the test that proves it';
    expect(verdict(sourceOf('quick', 0, claim(exact(proven))))).toBe('holds');
    expect(verdict(sourceOf('quick', 0, claim(exact('packages/experiment-kit/test/nearest: proves nothing'))))).toBe('fails');
  });

  it('prints the published cells beside the place in the paper', () => {
    const published = [['table-1', 'first row', 'accuracy'], ['table-1', 'second row', 'accuracy']] as const;
    expect(claimRecords(sourceOf('quick', 1, claim(above, published)), tiny.published)[0]?.inPaper).toBe('Table 1: 1 → 2');
  });

  it('corrects by Holm what was judged', () => {
    const { C1 } = claim(above) as Record<'C1', Experiment['claims'][string]>;
    const records = claimRecords(sourceOf('standard', 4, { C1, C2: { ...C1, expect: { kind: 'notHere', because: 'no' } } }), tiny.published);
    expect(records.map(({ afterHolm }) => afterHolm?.verdict)).toEqual(['holds', 'not tested']);
  });
});
