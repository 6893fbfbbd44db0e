import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { renderFigure, writeIfChanged, type FigureSpec } from '@hypersphere/reporting';

import { curveFigure, curveSection } from './curve-report';
import type { CurveResult, ItemResult } from './item';
import { whyOf } from './items';
import { median } from './median';
import { isMissed, missedSection, missNotes } from './missed';
import { accuracySection } from './precision/accuracy-section';
import type { Profile } from './profile/run-profile';
import { profileSection } from './profile/section';
import { ratioOf } from './summarise';
import { threadsAdvice, writeThreadsDecision } from './threads/advice';

export const RESULTS = join(__dirname, 'results');
/** Name of the result that is no comparison with peers. */
export const PROFILE = 'profile';
const PAGE = join(__dirname, '..', 'docs', 'performance.md');

/** Writes `docs/performance.md` and its figures from the stored results. */
export async function report(): Promise<void> {
  const names = readdirSync(RESULTS).filter((name) => name.endsWith('.json') && name !== `${PROFILE}.json`).sort();
  const stored = names.map((name) => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')) as ItemResult | CurveResult);
  const [results, curves] = [stored.filter((one) => 'sides' in one), stored.filter((one) => 'series' in one)];
  const figures = [...results.map((one) => ({ id: one.id, spec: figureOf(one) })), ...curves.map((one) => ({ id: one.id, spec: curveFigure(one) }))];
  for (const { id, spec } of figures) await renderFigure(spec, join(__dirname, '..', 'docs', 'performance', id));
  const advice = [threadsAdvice(results)].filter((text) => text !== undefined);
  await writeThreadsDecision(results);
  await writeIfChanged(PAGE, [...HEAD, summary(results), ...advice, ...missedSection(results, whyOf), ...results.map(section), ...curves.map(curveSection), ...accuracySection(), ...profiles()].join('\n\n') + '\n');
}

function profiles(): string[] {
  const file = join(RESULTS, `${PROFILE}.json`);
  return existsSync(file) ? [profileSection(JSON.parse(readFileSync(file, 'utf8')) as Profile)] : [];
}

const HEAD = [
  '# Performance',
  'Made by `npm run bench` from `bench/results`. Every side runs in a process of its own, all of them in turn in each round; a round counts by its median. A ratio below 1 says that ours is faster. Ratios are of rounds, ours over the best peer; beside the median the smallest and largest. One item: `npm run bench -- training-step-w8`.',
];

function summary(results: readonly ItemResult[]): string {
  const rows = results.map((result) => {
    const { value, low, high, peer } = ratioOf(result);
    return `| [${result.id}](#${result.id}) | ${fixed(value)} (${fixed(low)} to ${fixed(high)}) | ${peer} | ${fixed(result.target)} | ${isMissed(result) ? '**missed**' : 'met'} |`;
  });
  return ['| item | ratio | best peer | target | |', '|---|--:|---|--:|---|', ...rows].join('\n');
}

function section(result: ItemResult): string {
  const measuresMemory = result.sides.some(({ peakMegabytes }) => peakMegabytes !== undefined);
  const [memoryHead, memoryRule] = measuresMemory ? [' peak MB |', '--:|'] : ['', ''];
  const rows = result.sides.map(({ name, role, rounds, peakMegabytes }) => {
    const memory = measuresMemory ? ` ${peakMegabytes ?? ''} |` : '';
    return `| ${name} | ${role} | ${shown(median(rounds))} | ${shown(Math.min(...rounds))} to ${shown(Math.max(...rounds))} |${memory}`;
  });
  return [
    `## ${result.id}`,
    `${result.title}. ${result.machine}; ${result.versions.join(', ')}; ${result.sides[0]?.rounds.length} rounds.`,
    [`| side | | ms a ${result.unit} | range |${memoryHead}`, `|---|---|--:|--:|${memoryRule}`, ...rows].join('\n'),
    `![Milliseconds a ${result.unit} of each side](performance/${result.id}.svg)`,
    ...missNotes(result, whyOf),
  ].join('\n\n');
}

function figureOf({ title, unit, sides }: ItemResult): FigureSpec {
  const values = sides.flatMap(({ name, role, rounds }) => rounds.map((milliseconds) => ({ name, role, milliseconds })));
  const y = { field: 'name', type: 'nominal', sort: sides.map(({ name }) => name), title: null } as const;
  const colour = { field: 'role', type: 'nominal', legend: null, scale: { domain: ['ours', 'peer', 'context'], range: ['#0072B2', '#D55E00', '#999999'] } } as const;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title.split(':')[0] ?? title, subtitle: 'every round, and the median; ours blue, peers orange', anchor: 'start' },
    width: 420,
    data: { values },
    encoding: { y },
    layer: [
      { mark: { type: 'bar', opacity: 0.35 }, encoding: { x: { aggregate: 'median', field: 'milliseconds', title: `ms a ${unit}` }, color: colour } },
      { mark: { type: 'point', filled: true, size: 45 }, encoding: { x: { field: 'milliseconds', type: 'quantitative' }, color: colour } },
    ],
  };
}

/** Three digits, all before the point. */
const shown = (value: number): string => (value < 1000 ? value.toPrecision(3) : value.toFixed(0));
const fixed = (value: number): string => value.toFixed(2);
