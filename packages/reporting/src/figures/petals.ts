import { pointsByClass, type EmbeddingSeries } from './embedding-model';
import type { Layer } from './layer';

/** Bins of angle around the circle; two degrees each. */
const BINS = 180;

/** Density of each class's angles on the circle, relative to an even spread, smoothed over neighbours. */
export function angleDensities(series: Pick<EmbeddingSeries, 'points' | 'labels'>): [label: number, density: number[]][] {
  return pointsByClass(series).map(([label, own]) => [label, smoothed(histogram(own))]);
}

/**
 * Outlines of densities standing on the unit circle, one closed path for each stretch of angles that is not empty.
 *
 * @param height of the density `top`, in radii
 * @returns rows with the path's name, the class, its order `k` and the place
 */
export function petals(densities: readonly [number, readonly number[]][], top: number, height: number): Layer[] {
  return densities.flatMap(([label, density]) =>
    stretches(density).flatMap((bins, part) => {
      const outer = bins.map((bin) => onCircle(bin, 1 + height * Math.sqrt((density[bin] ?? 0) / top)));
      const inner = [...bins].reverse().map((bin) => onCircle(bin, 1));
      return [...outer, ...inner].map((place, k) => ({ ...place, label, part: `${label}.${part}`, k }));
    }),
  );
}

function onCircle(bin: number, radius: number): { x: number; y: number } {
  const angle = (2 * Math.PI * (bin + 0.5)) / BINS;
  return { x: rounded(radius * Math.cos(angle)), y: rounded(radius * Math.sin(angle)) };
}

export const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Runs of bins that are not empty, each with the empty bin on either side; a run may pass the last bin. */
function stretches(density: readonly number[]): number[][] {
  const start = density.findIndex((d) => d === 0);
  if (start < 0) return [[...density.keys(), 0]];
  const runs: number[][] = [];
  for (let i = 0; i < density.length; i++) {
    const bin = (start + i) % density.length;
    if ((density[bin] ?? 0) === 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.at(-1) === bin) last.push((bin + 1) % density.length);
    else runs.push([(bin + density.length - 1) % density.length, bin, (bin + 1) % density.length]);
  }
  return runs;
}

function histogram(points: readonly (readonly number[])[]): number[] {
  const counts = new Array<number>(BINS).fill(0);
  for (const [x = 1, y = 0] of points) {
    const turns = Math.atan2(y, x) / (2 * Math.PI);
    const bin = Math.floor((turns < 0 ? turns + 1 : turns) * BINS) % BINS;
    counts[bin] = (counts[bin] ?? 0) + BINS / points.length;
  }
  return counts;
}

const smoothed = (counts: readonly number[]): number[] => counts.map((c, i) => 0.25 * (counts.at(i - 1) ?? 0) + 0.5 * c + 0.25 * (counts[(i + 1) % counts.length] ?? 0));
