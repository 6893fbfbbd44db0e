import * as tf from '@tensorflow/tfjs';
import { expect, it } from '@jest/globals';

import { expectClose } from '@hypersphere/testing';
import type { LossOutput, UndividedLossOutput } from '../src';
import { onBackends } from './on-backends';

/** One golden case as it stands in `golden/*.json`: float64 values, gradients of `loss`. */
export interface GoldenCase {
  readonly name: string;
  readonly options: object;
  readonly embeddings: number[][];
  readonly labels: number[];
  readonly prototypes?: number[][];
  readonly bias?: number[];
  readonly centres?: number[][];
  readonly loss: number;
  readonly perAnchor?: number[];
  readonly gradEmbeddings?: number[][];
  readonly gradPrototypes?: number[][];
  readonly gradBias?: number[];
  readonly nextCentres?: number[][];
  readonly offset?: number[];
  readonly gradOffset?: number[];
  /** Random numbers and state by name, and the state that follows. */
  readonly draws?: Readonly<Record<string, tf.TensorLike>>;
  readonly state?: Readonly<Record<string, tf.TensorLike>>;
  readonly nextState?: Readonly<Record<string, tf.TensorLike>>;
}

export interface GoldenFile {
  readonly source: string;
  readonly cases: readonly GoldenCase[];
}

export interface GoldenTensors {
  readonly embeddings: tf.Tensor2D;
  readonly labels: tf.Tensor1D;
  readonly prototypes: tf.Tensor2D;
  readonly bias: tf.Tensor1D | undefined;
  readonly centres: tf.Tensor2D;
  readonly offset: tf.Tensor1D | undefined;
  /** All of `draws` and `state`. */
  readonly named: Readonly<Record<string, tf.Tensor>>;
}

/** Where a float32 gradient may differ from its float64 golden value: cancellation in the tangent projection. */
const GRADIENT = { rtol: 1e-4, atol: 2e-6 };

/** Compares value, terms, next state and gradients of a loss with golden files, on every backend. */
export function describeGolden<Options>(
  loss: string,
  files: readonly GoldenFile[],
  apply: (inputs: GoldenTensors, options: Options) => LossOutput | UndividedLossOutput,
): void {
  const cases = files.flatMap((file) => file.cases);
  onBackends(`${loss}: golden values`, () => {
    it.each(cases)('$name', (golden) => {
      tf.tidy(() => {
        const inputs = tensorsOf(golden);
        const { loss: value, perAnchor, state } = apply(inputs, golden.options as Options);
        expectClose(value, golden.loss);
        if (golden.perAnchor) expectClose(perAnchor as tf.Tensor, golden.perAnchor);
        if (golden.nextCentres) expectClose(state?.centres as tf.Tensor, golden.nextCentres);
        for (const [key, wanted] of Object.entries(golden.nextState ?? {})) expectClose(state?.[key] as tf.Tensor, tf.tensor(wanted));
        compareGradients(golden, inputs, (changed) => apply({ ...inputs, ...changed }, golden.options as Options).loss);
      });
    });
  });
  it(`${loss}: golden files hold gradients`, () => {
    expect(cases.filter(({ gradEmbeddings }) => gradEmbeddings !== undefined).length).toBeGreaterThan(0);
  });
}

function compareGradients(golden: GoldenCase, inputs: GoldenTensors, loss: (changed: object) => tf.Scalar): void {
  const wanted = [
    ['embeddings', golden.gradEmbeddings],
    ['prototypes', golden.gradPrototypes],
    ['bias', golden.gradBias],
    ['offset', golden.gradOffset],
  ] as const;
  for (const [name, gradient] of wanted) {
    if (gradient === undefined) continue;
    expectClose(tf.grad((x) => loss({ [name]: x }))(inputs[name] as tf.Tensor), gradient, GRADIENT);
  }
}

function tensorsOf(golden: GoldenCase): GoldenTensors {
  return {
    embeddings: tf.tensor2d(golden.embeddings),
    labels: tf.tensor1d(golden.labels, 'int32'),
    prototypes: tf.tensor2d(golden.prototypes ?? [[0]]),
    bias: golden.bias && tf.tensor1d(golden.bias),
    centres: tf.tensor2d(golden.centres ?? [[0]]),
    offset: golden.offset && tf.tensor1d(golden.offset),
    named: Object.fromEntries(Object.entries({ ...golden.draws, ...golden.state }).map(([key, values]) => [key, tf.tensor(values)])),
  };
}
