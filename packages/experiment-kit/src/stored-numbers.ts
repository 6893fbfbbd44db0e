import type { MetricValue } from '@hypersphere/evaluation';
import type { CurvePoint } from '@hypersphere/training';

import type { Measure, RunRecord } from './run-record';

/** Single precision holds no more digits. */
const DIGITS = 7;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/** Metrics as a record keeps them: rounded; one that is not finite is left out, since JSON cannot hold it. */
export function storedMetrics(metrics: Readonly<Record<string, MetricValue>>): Record<string, Measure> {
  const finite = Object.entries(metrics).filter(([, { value }]) => Number.isFinite(value));
  return Object.fromEntries(finite.map(([name, { value, low, high, n }]) => [name, { value: rounded(value), ...bound('low', low), ...bound('high', high), ...(n === undefined ? {} : { n }) }]));
}

/** The learning curve as a record keeps it; a loss that is not finite becomes null. */
export function storedCurve(curve: readonly CurvePoint[]): RunRecord['curve'] {
  return curve.map(({ step, loss, learningRate, trainAccuracy, validation }) => ({
    step,
    loss: Number.isFinite(loss) ? rounded(loss) : null,
    learningRate: rounded(learningRate),
    ...bound('trainAccuracy', trainAccuracy),
    ...(validation === undefined ? {} : { validation: finiteOnly(validation) }),
  }));
}

function bound<K extends string>(name: K, value: number | undefined): { [name in K]?: number } {
  return value === undefined || !Number.isFinite(value) ? {} : ({ [name]: rounded(value) } as { [name in K]?: number });
}

function finiteOnly(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (Number.isFinite(value) ? [[name, rounded(value)]] : [])));
}
