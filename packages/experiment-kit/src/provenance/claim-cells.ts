import { variantsOf } from '@hypersphere/evaluation';
import { evidenceInWords, expectationInWords } from '@hypersphere/reporting';

import type { FigurePlan } from '../figure-plan';
import type { PaperTables } from '../paper-tables';
import { claimRecords } from '../report/claim-records';
import type { ReportSource } from '../report/source';
import type { Cell } from './cell';
import { slug } from './slug';
import { usedRuns } from './table-cells';

/** Every claim with its verdict. */
export function claimCells(source: ReportSource, published: PaperTables): Cell[] {
  return claimRecords(source, published).map((claim) => ({
    address: `claims/${slug(claim.id)}`,
    where: [
      ['Claim', `${claim.id}: ${claim.says}`],
      ['In paper', claim.inPaper],
      ['Expected', expectationInWords(claim.expectation, claim.metric)],
      ['Verdict', [claim.judgement.verdict, evidenceInWords(claim)].filter((part) => part !== '').join('; ')],
    ],
    runs: usedRuns(variantsOf(claim.expectation), source),
    store: source.profile,
  }));
}

/** Every figure; one that draws the first stored seed of a variant has that run alone. */
export function figureCells(source: ReportSource): Cell[] {
  return Object.entries(source.experiment.figures).map(([id, plan]) => {
    const runs = variantsOfFigure(plan).flatMap((variant) => {
      const all = usedRuns([variant], source);
      return FIRST_SEED.includes(plan.kind) ? all.filter(({ run }) => run.state === 'done').slice(0, 1) : all;
    });
    return { address: `figures/${slug(id)}`, where: [['Figure', plan.title]], runs, store: source.profile };
  });
}

const FIRST_SEED: readonly FigurePlan<string>['kind'][] = ['circle', 'sphere', 'angle-histograms', 'norm-against-class-size'];

function variantsOfFigure(plan: FigurePlan<string>): readonly string[] {
  if ('along' in plan) return [...new Set([...plan.along.map(([, variant]) => variant), ...Object.values(plan.reference ?? {})])];
  if ('pairs' in plan) return [...new Set(plan.pairs.flat())];
  if ('variant' in plan) return [plan.variant];
  if (!('variants' in plan)) return [];
  return 'against' in plan ? [...new Set([plan.against, ...plan.variants])] : plan.variants;
}
