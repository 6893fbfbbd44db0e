import * as tf from '@tensorflow/tfjs';

import { labelledRows, type Labelled, type Rows } from '../checks';
import { draws } from '../random';
import { topKAccuracy } from './top-k';

export interface ProbeOptions {
  /** c; labels are in [0, c). */
  readonly classes: number;
  /** First learning rate; falls to 0 by a half cosine over all steps. */
  readonly learningRate: number;
  /** Default 100. */
  readonly epochs?: number;
  /** The last batch of an epoch may be smaller. Default 256. */
  readonly batchSize?: number;
  /** Default 0.9. */
  readonly momentum?: number;
  /** Order of the samples. Default 0. */
  readonly seed?: number;
}

/** Weights of a linear classifier: logits = x W + b. */
export interface Probe {
  /** `[d, c]`. */
  readonly weight: Float32Array;
  /** `[c]`. */
  readonly bias: Float32Array;
}

/**
 * Softmax regression on fixed features, by gradient descent with momentum from zero weights; no weight decay.
 *
 * @throws RangeError if a label is outside [0, c)
 * @see Khosla et al., Supervised Contrastive Learning, NeurIPS 2020, https://arxiv.org/abs/2004.11362 (the second stage)
 */
export function trainProbe(input: Labelled, options: ProbeOptions): Probe {
  const { classes, learningRate, epochs = 100, batchSize = 256, momentum = 0.9, seed = 0 } = options;
  const rows = labelledRows('trainProbe', input);
  const wrong = input.labels.find((label) => label < 0 || label >= classes);
  if (wrong !== undefined) throw new RangeError(`trainProbe: labels must be in [0, ${classes}), got ${wrong}`);
  const { shuffle } = draws(seed, 'linear probe');
  const samples = Array.from({ length: rows.n }, (_, row) => row);
  const steps = epochs * Math.ceil(rows.n / batchSize);
  const [x, y] = [tf.tensor2d(rows.values, [rows.n, rows.dim]), tf.tensor1d(input.labels, 'int32')];
  let state = [tf.zeros([rows.dim + 1, classes]), tf.zeros([rows.dim + 1, classes])]; // weights with the bias below, velocity
  for (let step = 0, order: number[] = []; step < steps; step++) {
    if (order.length === 0) order = shuffle(samples);
    const rate = (learningRate * (1 + Math.cos((Math.PI * step) / steps))) / 2;
    const batch = order.splice(0, batchSize);
    const next = tf.tidy(() => {
      const velocity = tf.add(tf.mul(state[1]!, momentum), gradient(x, y, state[0] as tf.Tensor2D, batch));
      return [tf.sub(state[0]!, tf.mul(velocity, rate)), velocity];
    });
    tf.dispose(state);
    state = next;
  }
  const all = state[0]!.dataSync<'float32'>();
  tf.dispose([x, y, state]);
  return { weight: all.slice(0, rows.dim * classes), bias: all.slice(rows.dim * classes) };
}

/** Of the mean cross-entropy: [x, 1]^T (softmax - one-hot) / batch, `[d + 1, c]`. */
function gradient(x: tf.Tensor2D, y: tf.Tensor1D, weights: tf.Tensor2D, batch: readonly number[]): tf.Tensor {
  const at = tf.tensor1d(batch as number[], 'int32');
  const features = tf.concat([tf.gather(x, at), tf.ones<tf.Rank.R2>([batch.length, 1])], 1); // [b, d + 1]
  const error = tf.sub(tf.softmax(tf.matMul(features, weights)), tf.oneHot(tf.gather(y, at), weights.shape[1])); // [b, c]
  return tf.div(tf.matMul(features, error as tf.Tensor2D, true), batch.length);
}

/** Share of samples whose class is among the k highest logits of the probe. */
export function probeAccuracy(input: Labelled, { weight, bias }: Probe, k = 1): number {
  const rows = labelledRows('probeAccuracy', input);
  const logits = tf.tidy(() => tf.add<tf.Tensor2D>(tf.matMul(asTensor(rows), tf.tensor2d(weight, [rows.dim, bias.length])), tf.tensor1d(bias)));
  try {
    return topKAccuracy(logits, input.labels, { k: Math.min(k, bias.length) });
  } finally {
    logits.dispose();
  }
}

const asTensor = ({ values, n, dim }: Rows): tf.Tensor2D => tf.tensor2d(values, [n, dim]);
