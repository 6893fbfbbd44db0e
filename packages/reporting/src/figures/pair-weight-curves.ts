import { pairWeights, type AnchorSimilarities, type WeightedLoss } from '@hypersphere/core-losses';

import type { FigureSpec } from '../render/render-figure';
import type { FigureVariant } from '../variant-style';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, LinePlan } from './line-model';

export interface PairWeightCurves extends FigureText {
  readonly losses: readonly { readonly variant: FigureVariant; readonly loss: WeightedLoss }[];
}

/** Where the anchor's other pairs stand while one similarity moves. */
const START = { positives: [0.75, 0.6], negatives: [0.55, 0.5] } as const;
const GRID = Array.from({ length: 121 }, (_, at) => 0.2 + at / 150);

const MOVES: readonly { readonly heading: string; readonly x: string; readonly at: (s: number) => AnchorSimilarities }[] = [
  { heading: 'its own similarity (S)', x: 'cosine of the pair itself', at: (s) => ({ ...START, negatives: [s, START.negatives[1]] }) },
  { heading: 'the other negative (N)', x: 'cosine of the other negative', at: (s) => ({ ...START, negatives: [START.negatives[0], s] }) },
  { heading: 'the farther positive (P)', x: 'cosine of the farther positive', at: (s) => ({ negatives: START.negatives, positives: [START.positives[0], s] }) },
];

/**
 * Weight of one negative pair, as a share of its largest, while one of the three similarities moves: a curve that is flat
 * does not use it. Closed forms of general pair weighting.
 */
export function pairWeightCurves({ losses, ...text }: PairWeightCurves): FigureSpec {
  const panels = MOVES.map(({ heading, x, at }): LinePlan => ({
    heading,
    lines: losses.map(({ variant, loss }) => {
      const weights = GRID.map((s) => pairWeights(at(s), loss).negatives[0] ?? NaN);
      const largest = Math.max(...weights);
      return { variant, points: GRID.map((s, i) => ({ x: s, y: largest === 0 ? 0 : (weights[i] ?? NaN) / largest })) };
    }),
    x: { title: x, domain: [0.2, 1] },
    y: { title: 'share of the largest weight', domain: [0, 1.05], format: 'percent' },
  }));
  return lineFigure({ ...wordsOf(text), panels, columns: 2 });
}
