import { CLASS_COLOURS } from '../theme';
import type { Layer } from './layer';

/** Helpers for panels without axes: a square of the plane, x to the right and y up. */

export interface Square {
  /** Half of the side, in data units. */
  readonly half: number;
  /** Pixels. */
  readonly side: number;
}

/** Channels x and y of a square panel. */
export const squareXY = ({ half }: Square): Layer => ({ x: plain('x', half), y: plain('y', half) });

const plain = (field: string, half: number): Layer => ({ field, type: 'quantitative', axis: null, scale: { domain: [-half, half], nice: false, zero: false } });

/** Colour of a class by its ordinal, with the classes that occur. */
export const classColour = (labels: readonly number[]): Layer => ({ field: 'label', type: 'nominal', legend: null, scale: { domain: labels, range: labels.map(colourOfClass) } });

export const colourOfClass = (label: number): string => CLASS_COLOURS[((label % CLASS_COLOURS.length) + CLASS_COLOURS.length) % CLASS_COLOURS.length] ?? '#555555';

/** Points of a closed path around the origin. */
export const circlePath = (radius: number, steps = 120): Layer[] => Array.from({ length: steps }, (_, i) => ({ x: radius * Math.cos((2 * Math.PI * i) / steps), y: radius * Math.sin((2 * Math.PI * i) / steps), k: i }));

/** A path through rows in the order of their field `k`, one for each value of `detail`. */
export function path(values: readonly Layer[], square: Square, mark: Layer, channels: Layer = {}): Layer {
  return { data: { values }, mark: { type: 'line', strokeWidth: 1, ...mark }, encoding: { ...squareXY(square), order: { field: 'k', type: 'quantitative' }, ...channels } };
}

/** Dots. */
export function dots(values: readonly Layer[], square: Square, mark: Layer, channels: Layer = {}): Layer {
  return { data: { values }, mark: { type: 'point', filled: true, ...mark }, encoding: { ...squareXY(square), ...channels } };
}

/** Words at places of the plane, from the field `text`. */
export function words(values: readonly Layer[], square: Square, mark: Layer, channels: Layer = {}): Layer {
  return { data: { values }, mark: { type: 'text', baseline: 'middle', align: 'center', ...mark }, encoding: { ...squareXY(square), text: { field: 'text' }, ...channels } };
}
