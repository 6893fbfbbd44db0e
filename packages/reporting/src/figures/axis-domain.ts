import type { AxisPlan } from './line-model';

/**
 * Ends of a linear axis around the data, on round numbers, with room on both sides.
 *
 * @param values data, any order; non-finite ones are left out
 * @param inside limits that are not crossed, e.g. `[0, 1]` for a share
 */
export function niceDomain(values: readonly number[], inside: readonly [number, number] = [-Infinity, Infinity]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const span = high - low || Math.abs(high) || 1;
  const step = niceStep(span / 5);
  const down = Math.floor((low - 0.03 * span) / step) * step;
  const up = Math.ceil((high + 0.03 * span) / step) * step;
  return [tidy(Math.max(inside[0], down)), tidy(Math.min(inside[1], up))];
}

/** 1, 2 or 5 times a power of ten, at least `step`. */
export function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * ([1, 2, 5, 10].find((k) => k * power >= step * 0.999_999) ?? 10);
}

/** Ends of an axis: as planned, else from the data; a log axis ends at the data. */
export function axisDomain(axis: AxisPlan, values: readonly number[]): [number, number] {
  if (axis.domain !== undefined) return [...axis.domain];
  if (axis.scale !== 'log') return niceDomain(values, axis.format === 'percent' ? [0, 1] : undefined);
  const positive = values.filter((v) => v > 0 && Number.isFinite(v));
  return positive.length === 0 ? [1, 10] : [Math.min(...positive), Math.max(...positive)];
}

/** Vega expressions for the labels of ticks. A plain axis format would round them to the precision of its steps. */
const LABELS = {
  /** All decimals that a number has. */
  plain: "format(datum.value, '~f')",
  /** 1, 0.1, 0.01, then 1e-3 and so on. */
  power: "datum.value >= 0.01 ? format(datum.value, '~f') : format(datum.value, '.0e')",
} as const;

/** How an axis writes its numbers; percent shows a decimal only where its steps need one. */
export function axisLabels({ format = 'plain' }: AxisPlan, [low, high]: readonly [number, number]): { labelExpr: string } | { format: string } {
  if (format === 'plain' || format === 'power') return { labelExpr: LABELS[format] };
  return { format: format === 'percent' ? ((high - low) / 5 < 0.01 ? '.1%' : '.0%') : format };
}

/** Powers of ten inside the domain of a log axis. */
export function powersOfTen([low, high]: readonly [number, number]): number[] {
  const from = Math.ceil(Math.log10(low) - 1e-9);
  const to = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => tidy(10 ** (from + i)));
}

/**
 * Where a value lies between the ends of its axis.
 *
 * @returns share 0..1 inside the domain
 */
export function shareOfAxis(value: number, [low, high]: readonly [number, number], scale: AxisPlan['scale'] = 'linear'): number {
  return scale === 'log' ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low || 1);
}

const tidy = (value: number): number => Number(value.toPrecision(12));
