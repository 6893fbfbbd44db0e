import { INK, PAGE } from '../theme';
import { labelOf } from '../variant-style';
import { axisDomain, axisLabels, powersOfTen, shareOfAxis } from './axis-domain';
import { endLabelRoom, endLabels, keyLabels, keyRoom, textAt, type EndLabel } from './end-labels';
import { panelHeading } from './frame';
import type { Layer } from './layer';
import type { AxisPlan, LinePlan, LinePoint } from './line-model';
import { lineStyles } from './line-styles';

export interface PanelSize {
  /** Pixels with everything: axis, panel, names. */
  readonly outerWidth: number;
  readonly height: number;
}

const AXIS_ROOM = { titled: 62, plain: 44 } as const;

/** One panel of lines with bands or bars, seeds as dots, references and names. */
export function linePanel(plan: LinePlan, { outerWidth, height }: PanelSize): Layer {
  const names = plan.names ?? 'end';
  const styles = lineStyles(plan.lines.map((l) => l.variant));
  const texts = [...(plan.references ?? []).map((r) => r.label), ...(names === 'none' ? [] : plan.lines.map((l) => labelOf(l.variant)))];
  const room = names === 'key' ? Math.max(keyRoom(texts), endLabelRoom([plan.keyHeading ?? ''])) : endLabelRoom(texts);
  const width = Math.max(120, Math.floor(outerWidth - AXIS_ROOM[plan.y.title === '' ? 'plain' : 'titled'] - room));
  const domain = panelDomain(plan);
  const layers = [...placeLayers(plan, domain.x, width, height), ...referenceLayers(plan), ...lineLayers(plan, styles)];
  const labels = panelLabels(plan, domain.y, height);
  return {
    width,
    height,
    ...(plan.heading === undefined ? {} : { title: panelHeading(plan.heading, width + room) }),
    layer: [scaffold(plan, domain, width), strut(height), ...layers, ...(names === 'key' ? keyLabels(labels, width, plan.keyHeading) : endLabels(labels, width))],
  };
}

interface Domains {
  readonly x: [number, number];
  readonly y: [number, number];
}

function panelDomain({ lines, references = [], x, y }: LinePlan): Domains {
  const points = lines.flatMap((l) => l.points);
  const ys = points.flatMap((p: LinePoint) => [p.y, p.low ?? p.y, p.high ?? p.y, ...(p.seeds ?? []), ...(p.diverged ?? [])]);
  return { x: axisDomain({ ...x, ...(x.scale === 'log' || x.domain ? {} : { domain: extent(points.map((p) => p.x)) }) }, points.map((p) => p.x)), y: axisDomain(y, [...ys, ...references.map((r) => r.y)]) };
}

const extent = (values: readonly number[]): [number, number] => (values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]);

/** An invisible layer that carries axes and scales, so that the others only name their fields. */
function scaffold({ x, y }: LinePlan, domain: Domains, width: number): Layer {
  const axis = (plan: AxisPlan, ends: [number, number], size: number): Layer => ({
    type: 'quantitative',
    title: plan.title === '' ? null : plan.title,
    scale: plan.scale === 'log' ? { type: 'log', domain: ends, nice: false } : { domain: ends, nice: false, zero: false },
    axis: { ...axisLabels(plan, ends), labelOverlap: 'greedy', labelSeparation: 5, ...ticks(plan, ends, size) },
  });
  const [x0, y0] = [domain.x[0], domain.y[0]];
  return { data: { values: [{ x: x0, y: y0 }] }, mark: { type: 'point', opacity: 0, size: 1 }, encoding: { x: { field: 'x', ...axis(x, domain.x, width) }, y: { field: 'y', ...axis(y, domain.y, 350) } } };
}

/** An invisible bar a little higher than the panel: neighbours line up whatever their labels. */
const strut = (height: number): Layer => ({ data: { values: [{}] }, mark: { type: 'rect', opacity: 0 }, encoding: { x: { value: 0 }, x2: { value: 1 }, y: { value: -8 }, y2: { value: height } } });

/** Places of ticks, or how many; not both, for a count would thin the places. */
function ticks(plan: AxisPlan, ends: readonly [number, number], size: number): Layer {
  if (plan.ticks !== undefined) return { values: plan.ticks };
  const powers = plan.scale === 'log' ? powersOfTen(ends) : [];
  return powers.length >= 3 ? { values: powers } : { tickCount: Math.max(4, Math.round(size / 70)) };
}

function lineLayers(plan: LinePlan, styles: ReturnType<typeof lineStyles>): Layer[] {
  const rows = plan.lines.flatMap((l) => l.points.map((p) => ({ variant: labelOf(l.variant), x: p.x, y: p.y, low: p.low, high: p.high })));
  const dots = (key: 'seeds' | 'diverged'): Layer[] => plan.lines.flatMap((l) => l.points.flatMap((p) => (p[key] ?? []).map((y) => ({ variant: labelOf(l.variant), x: p.x, y }))));
  const known = rows.filter((r) => Number.isFinite(r.low) && Number.isFinite(r.high)); // one seed has no interval
  const xy = { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' }, color: styles.color };
  const range = { ...xy, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } };
  const line = { data: { values: rows }, mark: { type: 'line', clip: true }, encoding: { ...xy, strokeDash: styles.strokeDash } };
  const layer = (values: readonly Layer[], mark: Layer, encoding: Layer): Layer[] => (values.length === 0 ? [] : [{ data: { values }, mark, encoding }]);
  return [
    ...layer(known, plan.intervals === 'bars' ? { type: 'rule', strokeWidth: 2 } : { type: 'area', opacity: 0.16, clip: true }, range),
    ...(plan.draw === 'points' || rows.length === 0 ? [] : [line]),
    ...layer(dots('seeds'), { type: 'point', size: plan.draw === 'points' ? 30 : 16, opacity: 0.45, ...(plan.intervals === 'bars' ? { xOffset: 7 } : {}) }, xy),
    ...(plan.dots === true ? layer(rows, { type: 'point', size: 52, stroke: 'white', strokeWidth: 1 }, xy) : []),
    ...layer(dots('diverged'), { type: 'point', shape: 'cross', angle: 45, size: 70, opacity: 0.9 }, xy),
  ];
}

function referenceLayers({ references = [] }: LinePlan): Layer[] {
  return references.map((r) => ({
    data: { values: [{ y: r.y }] },
    mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: colourOfReference(r.variant) },
    encoding: { y: { field: 'y', type: 'quantitative' } },
  }));
}

const colourOfReference = (variant: LinePlan['lines'][number]['variant'] | undefined): string => (variant === undefined ? INK.soft : lineStyles([variant]).of(variant).colour);

function placeLayers({ places = [], x }: LinePlan, [low, high]: readonly [number, number], width: number, height: number): Layer[] {
  return places.filter((p) => p.x >= low && p.x <= high).flatMap((p) => {
    const at = (v: number): number => shareOfAxis(v, [low, high], x.scale) * width;
    const shade = p.shade === undefined ? [] : [{ data: { values: [{}] }, mark: { type: 'rect', color: INK.grid, opacity: 0.7 }, encoding: { x: { value: p.shade === 'left' ? 0 : at(p.x) }, x2: { value: p.shade === 'left' ? at(p.x) : width }, y: { value: 0 }, y2: { value: height } } }];
    const rule = { data: { values: [{ x: p.x }] }, mark: { type: 'rule', strokeDash: [3, 3] }, encoding: { x: { field: 'x', type: 'quantitative' } } };
    return [...shade, rule, textAt(p.label, [at(p.x) + (p.shade === 'right' ? 11 : -11), height - 8], { angle: 270, color: INK.soft, fontSize: PAGE.small })];
  });
}

function panelLabels(plan: LinePlan, domain: readonly [number, number], height: number): EndLabel[] {
  const styles = lineStyles(plan.lines.map((l) => l.variant));
  const ends = plan.names === 'none' ? [] : plan.lines.filter((l) => l.points.length > 0).map((l) => ({ text: labelOf(l.variant), ...styles.of(l.variant), at: height * (1 - shareOfAxis(l.points.at(-1)?.y ?? 0, domain, plan.y.scale)) }));
  const references = (plan.references ?? []).map((r) => ({ text: r.label, colour: colourOfReference(r.variant), dash: [5, 4], at: height * (1 - shareOfAxis(r.y, domain, plan.y.scale)) }));
  return [...ends, ...references].map((l) => ({ ...l, at: Math.max(0, Math.min(height, l.at)) }));
}
