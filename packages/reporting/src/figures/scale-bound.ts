import { scaleLowerBound } from '@hypersphere/core-losses';

import { fixed } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, Line } from './line-model';

export interface ScaleBound extends FigureText {
  readonly posteriors: readonly number[];
  /** Ends of the axis of classes. */
  readonly classes?: readonly [number, number];
  /** Scales that are in use, as levels. */
  readonly scales?: readonly { readonly label: string; readonly scale: number }[];
}

const PALE_TO_DARK = ['m=0', 'm=0.1', 'm=0.2', 'm=0.3', 'm=0.4', 'm=0.55'] as const;

/** CosFace's lower bound of the scale against the number of classes, a line per posterior. */
export function scaleBound({ posteriors, classes = [2, 100_000], scales = [], ...text }: ScaleBound): FigureSpec {
  const [low, high] = classes;
  const grid = [...new Set(Array.from({ length: 121 }, (_, i) => Math.round(low * (high / low) ** (i / 120))))];
  const lines = posteriors.map((posterior, i): Line => ({
    variant: { name: PALE_TO_DARK[Math.round((i / Math.max(1, posteriors.length - 1)) * (PALE_TO_DARK.length - 1))] ?? 'm=0.35', family: 'cosface', label: `P = ${String(posterior)}` },
    points: grid.map((x) => ({ x, y: scaleLowerBound(x, posterior) })),
  }));
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      lines,
      x: { title: 'number of classes C', scale: 'log', domain: classes, format: '~s' },
      y: { title: 'least scale s' },
      references: scales.map((s) => ({ label: `${s.label} (s = ${fixed(s.scale, 0)})`, y: s.scale })),
    }],
    height: 320,
  });
}
