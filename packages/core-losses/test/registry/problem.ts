import * as tf from '@tensorflow/tfjs';

import type { DrawSpecs, LossEntry, LossOutput, TensorSpecs, UndividedLossOutput } from '../../src';
import type { Options } from './variants';

/** More classes than are in use, and neither n = d nor d = c. */
export const SIZE = { n: 6, d: 4, c: 5 };
export const LABELS = [0, 2, 0, 2, 3, 3];

export interface Problem {
  readonly embeddings: tf.Tensor2D;
  readonly labels: tf.Tensor1D;
  readonly parameters: Readonly<Record<string, tf.Tensor>>;
  readonly state: Readonly<Record<string, tf.Tensor>>;
  readonly draws: Readonly<Record<string, tf.Tensor>>;
}

/** Normal draws that are the same each time (mulberry32, Box and Muller). */
export function draws(seed: number, count: number): number[] {
  let s = seed;
  const uniform = () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()));
}

export function problemFor(entry: LossEntry, options: Options, labels: readonly number[] = LABELS): Problem {
  return {
    embeddings: tf.tensor2d(draws(7, labels.length * SIZE.d), [labels.length, SIZE.d]),
    labels: tf.tensor1d([...labels], 'int32'),
    parameters: tensorsFor(entry.parameters(SIZE.c, SIZE.d, options), 11),
    state: tensorsFor(entry.state?.(SIZE.c, SIZE.d, options) ?? {}, 13),
    draws: drawsFor(entry.draws?.(labels.length, SIZE.d, options) ?? {}, 23),
  };
}

/** The batch in another order, and with it whatever is drawn for its examples. */
export function reordered(problem: Problem, order: tf.Tensor1D): Problem {
  const alongAll = (t: tf.Tensor) => t.shape.reduce((x, extent, axis) => (extent === order.size ? tf.gather(x, order, axis) : x), t);
  const draws = Object.fromEntries(Object.entries(problem.draws).map(([name, t]) => [name, alongAll(t)]));
  return { ...problem, embeddings: tf.gather(problem.embeddings, order), labels: tf.gather(problem.labels, order), draws };
}

export const run = (entry: LossEntry, options: Options, problem: Problem, annealed: Record<string, tf.Scalar> = {}): LossOutput | UndividedLossOutput =>
  entry.apply({ ...problem, annealed, options });

/** The terms of the anchors, or the loss alone where it is not divided. */
export const termsOf = ({ loss, perAnchor }: LossOutput | UndividedLossOutput): tf.Tensor => perAnchor ?? loss;

/** Gradients of the loss with respect to the embeddings, then each parameter. */
export function gradientsOf(entry: LossEntry, options: Options, problem: Problem): tf.Tensor[] {
  const names = Object.keys(problem.parameters);
  const loss = (embeddings: tf.Tensor, ...values: tf.Tensor[]) => {
    const parameters = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    return run(entry, options, { ...problem, embeddings: embeddings as tf.Tensor2D, parameters }).loss;
  };
  return tf.grads(loss)([problem.embeddings, ...Object.values(problem.parameters)]);
}

/** Every tensor whose rows live in the space of the embeddings goes through `map`. */
export function mapRows(problem: Problem, map: (rows: tf.Tensor2D) => tf.Tensor2D): Problem {
  const mapAll = (tensors: Problem['state']) =>
    Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, t.rank === 2 ? map(t as tf.Tensor2D) : t]));
  return { ...problem, embeddings: map(problem.embeddings), parameters: mapAll(problem.parameters), state: mapAll(problem.state) };
}

function drawsFor(specs: DrawSpecs, seed: number): Record<string, tf.Tensor> {
  const even = (x: tf.Tensor) => tf.sub(x, tf.floor(x)); // in [0, 1)
  const normal = tensorsFor(mapShapes(specs), seed);
  return Object.fromEntries(Object.entries(normal).map(([name, t]) => [name, specs[name]?.distribution === 'uniform' ? even(t) : t]));
}

const mapShapes = (specs: DrawSpecs): TensorSpecs =>
  Object.fromEntries(Object.entries(specs).map(([name, { shape }]) => [name, { shape, initial: 'zeros', decay: false }]));

function tensorsFor(specs: TensorSpecs, seed: number): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape }], i) => [
      name,
      tf.tensor(draws(seed + i, shape.reduce((a, b) => a * b, 1)), [...shape]),
    ]),
  );
}
