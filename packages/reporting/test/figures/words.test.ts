import { expect, it } from '@jest/globals';

import { angleHistograms, circle, drawFigure, learningCurves, lineFigure, metricDots, pairedGaps, rocCurve, sphere, textsOf } from '../../src';

it('refuses a character that the shipped font cannot draw', async () => {
  const spec = lineFigure({ title: 'syllable 가 ≤ 3', panels: [{ lines: [{ variant: { name: 'softmax' }, points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] }], x: { title: 'x' }, y: { title: 'y' } }] });
  await expect(drawFigure(spec)).rejects.toThrow(new RangeError('drawFigure: the shipped font Source Sans 3 cannot draw ≤ 가; write it in words'));
});

it('wraps a long title and subtitle instead of clipping them', async () => {
  const long = 'A title that says the whole point of a figure in one sentence and is therefore longer than the page on which the figure is printed';
  const points = [{ x: 0, y: 0 }, { x: 1, y: 1 }];
  const { svg } = await drawFigure(lineFigure({ title: long, subtitle: long, panels: [{ lines: [{ variant: { name: 'softmax' }, points }], x: { title: 'x' }, y: { title: 'y' } }] }));
  expect(svg.replace(/<\/tspan><tspan[^>]*>/g, ' ')).toContain(long);
  expect(Number(/width="(\d+)"/.exec(svg)?.[1])).toBeLessThan(790);
});

it('lists variants of a ROC by their TAR, the best first', async () => {
  const far = [1e-3, 1e-2, 1];
  const runs = [{ name: 'low', tar: [0.1, 0.2, 1] }, { name: 'high', tar: [0.7, 0.8, 1] }].map(({ name, tar }) => ({ variant: { name }, seed: 0, roc: { far, tar } }));
  const { svg } = await drawFigure(rocCurve({ title: 't', runs, impostors: 1000 }));
  expect(textsOf(svg).filter((text) => /low|high/.test(text))).toEqual(['high: 70.0', 'low: 10.0']);
});

it('gives the gap of one seed without an interval', async () => {
  const gap = { label: 'a', gap: 0.012, low: -Infinity, high: Infinity, perSeed: [0.012] };
  const { svg } = await drawFigure(pairedGaps({ title: 't', axis: 'gap', format: { as: 'percent', decimals: 1 }, gaps: [gap] }));
  expect(textsOf(svg)).toContain('+1.2');
});

it.each([
  ['rocCurve: needs at least one run, got none', () => rocCurve({ title: 't', runs: [], impostors: 10 })],
  ['circle: needs at least one variant, got none', () => circle({ title: 't', variants: [] })],
  ['sphere: needs at least one variant, got none', () => sphere({ title: 't', variants: [] })],
  ['angleHistograms: needs at least one variant, got none', () => angleHistograms({ title: 't', variants: [] })],
  ['metricDots: needs at least one row, got none', () => metricDots({ title: 't', metrics: [] })],
  ['pairedGaps: needs at least one gap, got none', () => pairedGaps({ title: 't', axis: 'gap', format: { as: 'number', decimals: 1 }, gaps: [] })],
  ["figure 'Curves': needs at least one point in each panel, got none", () => learningCurves({ title: 'Curves', runs: [], metric: { name: 'tar', title: 'TAR' } })],
  ["circle: embeddings of 'softmax' must be [n, 2], got [1, 3]", () => circle({ title: 't', variants: [{ variant: { name: 'softmax' }, points: [[1, 2, 3]], labels: [0] }] })],
  ["sphere: embeddings of 'softmax' must be [n, 3], got [1, 2]", () => sphere({ title: 't', variants: [{ variant: { name: 'softmax' }, points: [[1, 2]], labels: [0] }] })],
])('says: %s', (message, build) => {
  expect(build).toThrow(new RangeError(message));
});
