import { randomStream } from '@hypersphere/engine';

export interface ClassSample {
  /** Ascending, all different. */
  readonly classes: Int32Array;
  /** The labels as places in `classes`. */
  readonly labels: Int32Array;
}

export interface SampleOptions {
  readonly classes: number;
  /** r, in (0, 1]. */
  readonly rate: number;
  readonly seed: number;
  /** Counted from 0. */
  readonly step: number;
}

/**
 * How many classes a step has: floor(r c), or the batch size if that is more, so that all of the batch find a place whatever
 * they are and shapes stay fixed. (The released code takes the batch's classes alone where they are more.)
 *
 * @throws RangeError if the rate is not in (0, 1]
 */
export function sampleSize(rate: number, classes: number, batchSize: number): number {
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`schedule.sampleRate must be above 0 and at most 1, got ${rate}`);
  return Math.min(classes, Math.max(Math.floor(rate * classes), batchSize));
}

/**
 * The classes of a step: those of the batch, and others drawn without replacement, every set of them equally likely.
 *
 * @param labels of the batch, values in `[0, classes)`
 * @see An et al., Partial FC, 2021, https://arxiv.org/abs/2010.05222
 */
export function classSample(labels: Int32Array, { classes, rate, seed, step }: SampleOptions): ClassSample {
  const size = sampleSize(rate, classes, labels.length);
  const chosen = new Set(labels);
  const stream = randomStream(seed, 'class-sample', step);
  const others = Int32Array.from({ length: classes }, (_, at) => at).filter((at) => !chosen.has(at));
  for (let drawn = 0; chosen.size < size; drawn++) {
    const at = drawn + stream.integer(others.length - drawn); // Fisher and Yates's shuffle, as far as needed
    chosen.add(others[at] as number);
    others[at] = others[drawn] as number;
  }
  const sorted = Int32Array.from(chosen).sort();
  const places = new Map(Array.from(sorted, (one, place) => [one, place]));
  return { classes: sorted, labels: labels.map((label) => places.get(label) as number) };
}
