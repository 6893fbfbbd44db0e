import { percent } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { INK, OKABE_ITO, PAGE } from '../theme';
import { labelOf, type FigureVariant } from '../variant-style';
import { needSome } from './drawable';
import { textAt } from './end-labels';
import { frame } from './frame';
import type { Layer } from './layer';
import type { FigureText } from './line-model';
import { wordsOf } from './line-figure';

/** Counts (or shares) of pairs by angle: bin i covers [i, i + 1) times `binDegrees`. */
export interface AngleSeries {
  readonly binDegrees: number;
  /** Pairs of one class. */
  readonly genuine: readonly number[];
  /** Pairs of two classes. */
  readonly impostors: readonly number[];
}

export interface AngleStrip {
  readonly variant: FigureVariant;
  readonly angles: AngleSeries;
  /** Share, as tables have it, from finer bins than are drawn. Default: that of the bins. */
  readonly overlap?: number;
}

export interface AngleHistograms extends FigureText {
  /** One strip each, all on the same axes. */
  readonly variants: readonly AngleStrip[];
}

const COLOURS = { genuine: OKABE_ITO.blue, impostor: OKABE_ITO.orange } as const;
const NAMES = { genuine: 'same class', impostor: 'different classes' } as const;
const STRIP = { height: 92, left: 4 } as const;

/**
 * Share of both densities that lies under the other: the sum of the smaller of the two in each bin.
 *
 * @returns share 0..1
 */
export function overlapShare({ genuine, impostors }: AngleSeries): number {
  const [g, i] = [shares(genuine), shares(impostors)];
  return Array.from({ length: Math.max(g.length, i.length) }, (_, k) => Math.min(g[k] ?? 0, i[k] ?? 0)).reduce((a, b) => a + b, 0);
}

/** Angles of genuine and impostor pairs, one strip a variant under the other, the overlap as a number. */
export function angleHistograms({ variants, ...text }: AngleHistograms): FigureSpec {
  needSome('angleHistograms', 'variant', variants);
  const densities = variants.map(({ variant, angles, overlap = overlapShare(angles) }) => ({ variant, rows: densityRows(angles), overlap }));
  const all = densities.flatMap((d) => d.rows);
  const seen = all.filter((r) => r.share > 0.0005);
  const x: [number, number] = [Math.max(0, Math.floor(Math.min(...seen.map((r) => r.degrees)) / 10) * 10), Math.min(180, Math.ceil(Math.max(...seen.map((r) => r.degrees)) / 10) * 10)];
  const top = Math.max(...all.map((r) => r.share)) * 1.12;
  const strips = densities.map(({ variant, rows, overlap }, i) => {
    const width = PAGE.width - STRIP.left;
    const inside = rows.filter((r) => r.degrees >= x[0] && r.degrees <= x[1]);
    return {
      width,
      height: STRIP.height,
      layer: [
        areas(inside, { x, top, last: i === densities.length - 1 }),
        textAt(labelOf(variant), [4, 10], { fontWeight: 600, fontSize: PAGE.label + 1 }),
        textAt(`overlap ${percent(overlap)} %`, [4, 28], { color: INK.soft }),
        ...(i === 0 ? legend(width) : []),
      ],
    };
  });
  return frame(wordsOf(text), { vconcat: strips, spacing: 10, resolve: { scale: { x: 'shared', y: 'shared' } } });
}

function densityRows({ binDegrees, genuine, impostors }: AngleSeries): { degrees: number; share: number; kind: string }[] {
  const rows = (kind: keyof typeof NAMES, counts: readonly number[]) => shares(counts).map((s, i) => ({ degrees: (i + 0.5) * binDegrees, share: s / binDegrees, kind: NAMES[kind] }));
  return [...rows('genuine', genuine), ...rows('impostor', impostors)];
}

function shares(counts: readonly number[]): number[] {
  const total = counts.reduce((a, b) => a + b, 0) || 1;
  return counts.map((c) => c / total);
}

function areas(values: readonly Layer[], { x, top, last }: { x: [number, number]; top: number; last: boolean }): Layer {
  const axis = last ? { title: 'angle between the two embeddings (degrees)', tickCount: 10, labels: true } : { title: null, labels: false, ticks: false };
  return {
    data: { values },
    mark: { type: 'area', opacity: 0.5, line: { strokeWidth: 1.5 }, interpolate: 'linear' },
    encoding: {
      x: { field: 'degrees', type: 'quantitative', scale: { domain: x, nice: false, zero: false }, axis },
      y: { field: 'share', type: 'quantitative', stack: null, scale: { domain: [0, top], nice: false }, axis: null },
      color: { field: 'kind', type: 'nominal', legend: null, scale: { domain: [NAMES.genuine, NAMES.impostor], range: [COLOURS.genuine, COLOURS.impostor] } },
    },
  };
}

/** Names of the two densities, right of the first strip's top. */
function legend(width: number): Layer[] {
  return (['genuine', 'impostor'] as const).map((kind, i) => textAt(NAMES[kind], [width - 4, 10 + 17 * i], { align: 'right', fontWeight: 600, color: kind === 'genuine' ? COLOURS.genuine : '#A66F00' }));
}
