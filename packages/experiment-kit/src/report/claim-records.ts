import { holmVerdicts, judge, type Judgement, type MetricName, type SeedScore } from '@hypersphere/evaluation';
import type { ClaimRecord } from '@hypersphere/reporting';

import type { Claim } from '../define-experiment';
import { publishedTable, type PaperTables } from '../paper-tables';
import { provenTests } from './proven-tests';
import { metricFormat } from './metric-format';
import type { ReportSource } from './source';
import { chanceFor } from './summarise';

/** Every claim of the paper, judged from the stored runs; Holm's correction within the paper. */
export function claimRecords(source: ReportSource, published: PaperTables): ClaimRecord[] {
  const claims = Object.entries(source.experiment.claims);
  const judgements = Object.fromEntries(claims.map(([id, claim]) => [id, judgementOf(claim, source)]));
  const corrected = holmVerdicts(judgements);
  return claims.map(([id, claim]) => {
    const judgement = judgements[id] ?? { verdict: 'not tested' };
    const metric = 'metric' in claim.expect ? { metric: metricFormat(claim.expect.metric) } : {};
    const afterHolm = corrected[id] === undefined ? {} : { afterHolm: corrected[id] };
    return { id, says: claim.says, inPaper: inPaper(claim, published), expectation: claim.expect, ...metric, judgement, ...afterHolm };
  });
}

function judgementOf(claim: Claim<string>, source: ReportSource): Judgement {
  const { expect } = claim;
  const chance = 'metric' in expect ? chanceOf(expect.metric, source) : {};
  return judge(expect, (variant, metric) => scores(variant, metric, source), {
    standard: source.profile === 'standard',
    chance,
    tests: expect.kind === 'exact' ? provenTests([expect.test]) : {},
  });
}

/** One score a seed; runs that are missing, stale or failed are left out. */
function scores(variant: string, metric: MetricName | undefined, source: ReportSource): SeedScore[] {
  return source.runs(variant).flatMap(({ seed, state, record }): SeedScore[] => {
    if (record === undefined) return [];
    if (state === 'diverged') return [{ seed, collapsed: true }];
    if (state !== 'done') return [];
    if (metric === undefined) return [{ seed }];
    const value = record.metrics[metric]?.value;
    const replicates = record.series.replicates?.[metric];
    return value === undefined ? [] : [{ seed, value, ...(replicates === undefined ? {} : { replicates }) }];
  });
}

function chanceOf(metric: MetricName, source: ReportSource): Partial<Record<MetricName, number>> {
  const records = Object.keys(source.experiment.variants).flatMap((variant) => source.runs(variant).flatMap(({ record }) => (record === undefined ? [] : [record])));
  const [first] = records.filter(({ series }) => series['testSet'] !== undefined);
  const value = first === undefined ? undefined : chanceFor(metric, first);
  return value === undefined ? {} : { [metric]: value };
}

/** Where the paper says it, with the published values of the cells that show it. */
function inPaper({ inPaper: where, published: cells = [] }: Claim<string>, published: PaperTables): string {
  const values = cells.map(([table, row, column]) => publishedTable(published, table).rows.find(({ label }) => label === row)?.values[column]);
  return values.length === 0 ? where : `${where}: ${values.map((value) => String(value ?? '–')).join(' → ')}`;
}

