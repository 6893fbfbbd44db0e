import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { renderFigure, writeIfChanged, type FigureSpec } from '@hypersphere/reporting';

import { curveFigure, curveSection } from './curve-report';
import type { CurveResult, ItemResult } from './item';
import { median } from './run-item';
import { ratioOf } from './summarise';

export const RESULTS = join(__dirname, 'results');
const PAGE = join(__dirname, '..', 'docs', 'performance.md');

/** Writes `docs/performance.md` and its figures from the stored results. */
export async function report(): Promise<void> {
  const names = readdirSync(RESULTS).filter((name) => name.endsWith('.json')).sort();
  const stored = names.map((name) => JSON.parse(readFileSync(join(RESULTS, name), 'utf8')) as ItemResult | CurveResult);
  const [items, curves] = [stored.filter((one) => 'sides' in one), stored.filter((one) => 'series' in one)];
  const figures = [...items.map((one) => ({ id: one.id, spec: figureOf(one) })), ...curves.map((one) => ({ id: one.id, spec: curveFigure(one) }))];
  for (const { id, spec } of figures) await renderFigure(spec, join(__dirname, '..', 'docs', 'performance', id));
  await writeIfChanged(PAGE, [...HEAD, summary(items), ...items.map(section), ...curves.map(curveSection)].join('\n\n') + '\n');
}

const HEAD = [
  '# Performance',
  'Made by `npm run bench` from `bench/results`. Every side runs in a process of its own, all of them in turn in each round; a round counts by its median. A ratio below 1 says that ours is faster. Ratios are of rounds, ours over the best peer; beside the median the smallest and largest. One item: `npm run bench -- training-step-w8`.',
];

function summary(results: readonly ItemResult[]): string {
  const rows = results.map((result) => {
    const { value, low, high, peer } = ratioOf(result);
    return `| [${result.id}](#${result.id}) | ${fixed(value)} (${fixed(low)} to ${fixed(high)}) | ${peer} | ${fixed(result.target)} | ${value <= result.target ? 'met' : '**missed**'} |`;
  });
  return ['| item | ratio | best peer | target | |', '|---|--:|---|--:|---|', ...rows].join('\n');
}

function section(result: ItemResult): string {
  const rows = result.sides.map(({ name, role, rounds }) => `| ${name} | ${role} | ${median(rounds).toPrecision(3)} | ${Math.min(...rounds).toPrecision(3)} to ${Math.max(...rounds).toPrecision(3)} |`);
  return [
    `## ${result.id}`,
    `${result.title}. ${result.machine}; ${result.versions.join(', ')}; ${result.sides[0]?.rounds.length} rounds.`,
    [`| side | | ms a ${result.unit} | range |`, '|---|---|--:|--:|', ...rows].join('\n'),
    `![Milliseconds a ${result.unit} of each side](performance/${result.id}.svg)`,
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

const fixed = (value: number): string => value.toFixed(2);
