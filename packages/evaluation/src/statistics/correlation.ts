import { mean } from './summary';

/** Pearson's correlation; NaN if either list is constant. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    const [dx, dy] = [x[at]! - mx, y[at]! - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/** Spearman's rank correlation; ties get the mean of their ranks. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(ranks(x), ranks(y));
}

function ranks(values: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  return Float64Array.from(values, (value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}
