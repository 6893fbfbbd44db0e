import type { Judgement } from '@hypersphere/evaluation';

import { counted, fixed, formatGap, formatNumber, type NumberFormat } from '../format';
import type { ClaimRecord } from './claim-record';

const PLAIN: NumberFormat = { as: 'number', decimals: 3 };

/**
 * What a verdict rests on, in one line: mean gap with its interval, gaps seed by seed, the gap that so many seeds can
 * detect, steps of a series, collapsed runs, and the reason where nothing was tested.
 */
export function evidenceInWords({ judgement, metric = { ...PLAIN, label: '' }, expectation }: ClaimRecord): string {
  const parts = expectation.kind === 'steadier' ? ratio(judgement) : gap(judgement, metric, expectation.kind === 'level' ? 90 : 95);
  const steps = (judgement.steps ?? []).map((s) => `${s.from} to ${s.to} ${formatGap(s.mean, metric)}`);
  const collapsed = Object.entries(judgement.collapsed ?? {}).map(([variant, count]) => `†${counted(count, 'run')} of ${variant} collapsed`);
  return [
    ...parts,
    ...(steps.length > 0 ? [`steps: ${steps.join(', ')}`] : []),
    ...collapsed,
    ...(judgement.note === undefined ? [] : [judgement.note]),
  ].join('; ');
}

function gap({ mean, interval, gaps, detectableGap, withClasses }: Judgement, format: NumberFormat, level: number): string[] {
  if (mean === undefined) return [];
  const unit = format.as === 'percent' ? ' points' : '';
  const range = interval === undefined ? '' : ` [${formatGap(interval.low, format)}, ${formatGap(interval.high, format)}]${level === 90 ? ' at 90 %' : ''}`;
  const parts = [`gap ${formatGap(mean, format)}${unit}${range}`];
  if (gaps !== undefined && gaps.length > 0) parts.push(`${counted(gaps.length, 'seed')}: ${gaps.map((g) => formatGap(g, format)).join(' ')}`);
  if (withClasses !== undefined) parts.push(`for other seeds and classes [${formatGap(withClasses.low, format)}, ${formatGap(withClasses.high, format)}]`);
  if (detectableGap !== undefined && Number.isFinite(detectableGap)) parts.push(`detectable ${formatNumber(detectableGap, format)}`);
  return parts;
}

function ratio({ mean, interval, seeds }: Judgement): string[] {
  if (mean === undefined) return [];
  const range = interval === undefined ? '' : ` [${fixed(interval.low, 2)}, ${fixed(interval.high, 2)}]`;
  return [`ratio of spreads ${fixed(mean, 2)}${range}, jackknife${seeds === undefined ? '' : `, ${counted(seeds, 'seed')}`}`];
}
