import { percent } from '../format';
import type { FigureSpec } from '../render/render-figure';
import { labelOf, type FigureVariant } from '../variant-style';
import { needSome } from './drawable';
import { lineFigure, wordsOf } from './line-figure';
import type { FigureText, Line } from './line-model';
import { groupBy, mean, overSeeds, type XY } from './over-seeds';

/** A receiver operating characteristic: `tar[i]` at `far[i]`, both shares, FAR rising. */
export interface RocSeries {
  readonly far: readonly number[];
  readonly tar: readonly number[];
}

export interface RocCurve extends FigureText {
  readonly runs: readonly { readonly variant: FigureVariant; readonly seed: number; readonly roc: RocSeries }[];
  /** Number of impostor pairs: below one pair in that many no FAR can be measured. */
  readonly impostors: number;
  /** FAR at which the list gives the TAR. */
  readonly at?: number;
}

const POINTS_A_DECADE = 16;

/** TAR against FAR on a log axis, a line per variant, bands over seeds; the list is ordered by TAR. */
export function rocCurve({ runs, impostors, at = 1e-3, ...text }: RocCurve): FigureSpec {
  needSome('rocCurve', 'run', runs);
  const least = 1 / impostors;
  const grid = farGrid(Math.max(least, Math.min(...runs.map((r) => r.roc.far[0] ?? least))));
  const lines = groupBy(runs, (r) => r.variant.name).flatMap(([, ofVariant]): (Line & { level: number })[] => {
    const variant = ofVariant[0]?.variant;
    if (variant === undefined) return [];
    const level = mean(ofVariant.map((r) => tarAt(r.roc, at)));
    const label = `${labelOf(variant)}: ${percent(level)}`;
    return [{ level, variant: { ...variant, label }, points: overSeeds(ofVariant.map((r) => grid.map((far): XY => [far, between(r.roc, far)]))) }];
  });
  lines.sort((a, b) => b.level - a.level);
  return lineFigure({
    ...wordsOf(text),
    panels: [{
      lines,
      x: { title: 'false accept rate (FAR)', scale: 'log', domain: [least / 10 ** 0.6, 1], format: 'power' },
      y: { title: 'true accept rate (TAR)', format: 'percent' },
      places: [{ x: least, label: 'not measurable', shade: 'left' }],
      names: 'key',
      keyHeading: `TAR in % at FAR ${at.toExponential()}`,
    }],
    height: 340,
  });
}

/**
 * Greatest TAR among thresholds whose FAR does not exceed `far`; 0 if there is none.
 *
 * @returns share 0..1
 */
export function tarAt({ far: fars, tar: tars }: RocSeries, far: number): number {
  return fars.reduce((best, f, i) => (f <= far * (1 + 1e-9) ? Math.max(best, tars[i] ?? 0) : best), 0);
}

/** TAR on the straight line between recorded points, FAR on a log axis: for drawing only. */
function between({ far: fars, tar: tars }: RocSeries, far: number): number {
  const after = fars.findIndex((f) => f >= far);
  if (after === 0) return tars[0] ?? 0;
  if (after < 0) return tars.at(-1) ?? 0;
  const [f0, f1] = [Math.max(fars[after - 1] ?? far, 1e-12), fars[after] ?? far];
  const [t0, t1] = [tars[after - 1] ?? 0, tars[after] ?? 0];
  return f1 === f0 ? t1 : t0 + ((t1 - t0) * Math.log(far / f0)) / Math.log(f1 / f0);
}

function farGrid(least: number): number[] {
  const steps = Math.ceil(-Math.log10(least) * POINTS_A_DECADE);
  return Array.from({ length: steps + 1 }, (_, i) => least ** (1 - i / steps));
}
