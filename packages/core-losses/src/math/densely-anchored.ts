import * as tf from '@tensorflow/tfjs';

import { recalled, remembered } from './class-memory';
import { countedChannels, frequentChannels } from './frequent-channels';
import { unitRows } from './unit-rows';

/** What is known of each class from the steps before. */
export type AnchoredState = {
  /** float32 `[c, d]`, how often each channel was among the largest. */
  readonly counts: tf.Tensor2D;
  /** float32 `[c, m, d + 1]`, differences of examples, newest first; the last column is 1 where there is one. */
  readonly memory: tf.Tensor3D;
};

export interface AnchoredDraws {
  /** float32 `[t, n, d]`, uniform in [0, 1): by how much each channel is scaled. */
  readonly scales: tf.Tensor3D;
  /** float32 `[t, n]`, uniform in [0, 1): which difference is added. */
  readonly choices: tf.Tensor2D;
}

export interface AnchoredOptions {
  /** How many channels `K` of a class are scaled, and counted. */
  readonly channels: number;
  /** Factors of these channels are uniform from here. */
  readonly lowScale: number;
  /** Up to here. */
  readonly highScale: number;
  /** Factor `s` of the difference that is added. */
  readonly shift: number;
}

/**
 * Embeddings produced around those of a batch: frequent channels of the class scaled, a remembered difference added.
 *
 *     v' = u / |u|,   u = r * v + s b
 *
 * Counts and memory take in the batch before anything is produced; both are constants.
 *
 * @param v float32 `[n, d]`, unit rows
 * @param labels int32 `[n]`, values in `[0, c)`
 * @returns `produced` float32 `[t, n, d]`, unit rows, with the gradient of `v`; `state` for the next step
 * @see Liu et al., DAS: Densely-Anchored Sampling, ECCV 2022, https://arxiv.org/abs/2208.00119
 */
export function denselyAnchored(
  v: tf.Tensor2D,
  labels: tf.Tensor1D,
  { counts, memory, scales, choices }: AnchoredState & AnchoredDraws,
  { channels, lowScale, highScale, shift }: AnchoredOptions,
): { readonly produced: tf.Tensor3D; readonly state: AnchoredState } {
  const state = { counts: countedChannels(v, labels, counts, channels), memory: remembered(v, labels, memory) };
  const scaled = frequentChannels(state.counts, labels, channels); // [n, d]
  const factors = tf.add(lowScale - 1, tf.mul(highScale - lowScale, scales)); // [t, n, d], less 1
  const moved = tf.mul(v, tf.add(1, tf.mul(scaled, factors)));
  const shifted = tf.add<tf.Tensor3D>(moved, tf.mul(shift, recalled(state.memory, labels, choices)));
  const rows = unitRows(tf.reshape<tf.Rank.R2>(shifted, [-1, v.shape[1]]));
  return { produced: tf.reshape(rows, shifted.shape), state };
}
