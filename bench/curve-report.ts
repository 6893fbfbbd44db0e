import type { FigureSpec } from '@hypersphere/reporting';

import type { CurveResult } from './item';

/** A line through points. */
export interface Line {
  readonly a: number;
  readonly b: number;
}

/** a + b x of least squares. */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Line {
  const mean = (of: (point: { x: number; y: number }) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const b = mean((point) => (point.x - x) * (point.y - y)) / mean((point) => (point.x - x) ** 2);
  return { a: y - b * x, b };
}


/** Table of a curve: what was measured, the lines through it, and where they lead. */
export function curveSection({ id, title, unit, along, extrapolateTo, series, machine, versions }: CurveResult): string {
  const sizes = series[0]?.points.map(({ size }) => size) ?? [];
  const rows = series.flatMap(({ name, points }) => {
    const time = lineOf(points.map(({ size, milliseconds }) => ({ x: size, y: milliseconds })), 'ms', extrapolateTo);
    const memory = lineOf(points.map(({ size, peakMegabytes }) => ({ x: size, y: peakMegabytes })), 'MiB', extrapolateTo);
    return [
      `| ${name} | ms a ${unit} | ${points.map(({ milliseconds }) => milliseconds.toPrecision(3)).join(' | ')} | ${time} |`,
      `| | MiB resident | ${points.map(({ peakMegabytes }) => (peakMegabytes).toFixed(0)).join(' | ')} | ${memory} |`,
    ];
  });
  return [
    `## ${id}`,
    `${title}. ${machine}; ${versions.join(', ')}. Lines by least squares over C = ${along}; the last columns are extrapolated.`,
    [
      `| | | ${sizes.map((size) => size.toLocaleString('en')).join(' | ')} | line | at ${extrapolateTo.toLocaleString('en')} |`,
      `|---|---|${sizes.map(() => '--:|').join('')}---|--:|`,
      ...rows,
    ].join('\n'),
    `![Time and memory against ${along}](performance/${id}.svg)`,
  ].join('\n\n');
}

function lineOf(points: readonly { readonly x: number; readonly y: number }[], unit: string, to: number): string {
  const { a, b } = fitLine(points);
  return `${a.toPrecision(3)} ${unit} + ${b.toExponential(2)} ${unit} C | ${(a + b * to).toPrecision(3)} ${unit}`;
}

/** Time and memory beside each other, one line a side. */
export function curveFigure({ title, unit, along, series }: CurveResult): FigureSpec {
  const values = series.flatMap(({ name, points }) =>
    points.flatMap(({ size, milliseconds, peakMegabytes }) => [
      { name, size, value: milliseconds, quantity: `ms a ${unit}` },
      { name, size, value: peakMegabytes, quantity: 'MiB resident at most' },
    ]),
  );
  const panel = (quantity: string): object => ({
    width: 240,
    transform: [{ filter: { field: 'quantity', equal: quantity } }],
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'size', type: 'quantitative', title: along, scale: { type: 'log' } },
      y: { field: 'value', type: 'quantitative', title: quantity, scale: { type: 'log' } },
      color: { field: 'name', type: 'nominal', title: null, sort: series.map(({ name }) => name) },
    },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    title: { text: title.split(':')[0] ?? title, anchor: 'start' },
    data: { values },
    hconcat: [panel(`ms a ${unit}`), panel('MiB resident at most')],
  } as FigureSpec;
}
