import * as tf from '@tensorflow/tfjs';
import { expect } from '@jest/globals';

export interface Tolerance {
  /** Relative to the golden value. */
  readonly rtol?: number;
  readonly atol?: number;
}

/** Fails unless lengths match and |actual - golden| <= atol + rtol * |golden|. NaN never passes; every miss is listed. */
export function expectClose(
  actual: tf.Tensor | number | ArrayLike<number>,
  golden: unknown,
  { rtol = 1e-5, atol = 1e-6 }: Tolerance = {},
): void {
  const want = flatten(golden);
  const got = flatten(actual);
  expect(got).toHaveLength(want.length);
  const misses = got.flatMap((value, at) => {
    const wanted = want[at] ?? Number.NaN;
    const close = value === wanted || Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted);
    return close ? [] : [{ at, got: value, want: wanted }];
  });
  expect(misses).toEqual([]);
}

function flatten(value: unknown): number[] {
  if (value instanceof tf.Tensor) return Array.from(value.dataSync());
  if (typeof value === 'number') return [value];
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  return ([value] as unknown[]).flat(Infinity) as number[];
}
