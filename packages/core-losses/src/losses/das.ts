import * as tf from '@tensorflow/tfjs';

import { checkEmbedded, checkFloat, shapeOf } from '../checks';
import type { LossOutput } from '../loss-output';
import { stopGradient } from '../math/constant-of';
import { denselyAnchored, type AnchoredDraws, type AnchoredOptions, type AnchoredState } from '../math/densely-anchored';
import { meanOverAnchors } from '../math/mean-over-anchors';
import { unitRows } from '../math/unit-rows';
import { defineLoss } from '../loss-entry';
import { choice, flag, number, type SpecsFor } from '../options/option-specs';
import { contrastive } from './contrastive';
import { multiSimilarity } from './multi-similarity';
import { tripletSemiHard } from './triplet-semi-hard';

type Host = 'multiSimilarity' | 'tripletSemiHard' | 'contrastive';

export interface DasOptions extends Partial<AnchoredOptions>, AnchoredState, AnchoredDraws {
  /** Loss over real and produced embeddings, with the paper's settings: multi-similarity (2, 40, 0.5, 0.1), triplet (0.2), contrastive (1). */
  readonly host?: Host;
  /** `K`, how many channels of a class are scaled. Paper: 4 of 128, 8 of 512. */
  readonly channels?: number;
  /** Factor of these channels at one end of its range, > 0. Paper: 0.99 (CUB, Cars), 0.5 (SOP). */
  readonly lowScale?: number;
  /** Factor at the other end, > 0. Paper: 1.01 (CUB, Cars), 2 (SOP). */
  readonly highScale?: number;
  /** `s`, factor of the remembered difference, >= 0. Paper: 0.01 (CUB, Cars), 0.1 (SOP). */
  readonly shift?: number;
  /** Whether produced embeddings are constants for the real ones. Released: true, but on SOP for all but the triplet loss. */
  readonly detach?: boolean;
  /** Whether the loss of the real embeddings alone is added. Released: on SOP with the triplet loss. */
  readonly auxiliary?: boolean;
}

/**
 * DAS: a pair loss over the batch and over embeddings that are produced around each of its own.
 *
 *     L = L_host( v_1..v_n, v'_1..v'_{Tn} ),   v' = u / |u|,   u = r * v + s b
 *
 * v are unit rows; r scales the K channels that have been largest most often in the class; b is one of the last m
 * differences of two examples of the class. See `denselyAnchored`. Produced embeddings have the label of their own, so
 * that an example without another of its class still has positives. Stopped: counts and differences always, produced
 * embeddings with `detach`. With one class it is as its host says. Equal examples leave nothing to remember,
 * but what is produced around them is not equal and moves them. State in, state out.
 *
 * @param embeddings float32 `[n, d]`, any norm
 * @param labels int32 `[n]`, values in `[0, c)`; not checked, since reading them would wait for the device
 * @returns `loss` of the host, the mean over (T + 1) n rows; `perAnchor` `[n]`, the mean of an example and its produced ones;
 *   `state.counts` `[c, d]`, `state.memory` `[c, m, d + 1]`
 * @throws RangeError if the shapes do not fit together, TypeError for a wrong dtype
 * @see Liu et al., DAS: Densely-Anchored Sampling for Deep Metric Learning, ECCV 2022, https://arxiv.org/abs/2208.00119, https://github.com/lizhaoliu-Lec/DAS
 */
export function das(embeddings: tf.Tensor2D, labels: tf.Tensor1D, options: DasOptions): LossOutput {
  const { host = 'multiSimilarity', channels = 4, lowScale = 0.99, highScale = 1.01, shift = 0.01 } = options;
  const { detach = true, auxiliary = false } = options;
  checkDas(embeddings, labels, options);
  return tf.tidy(() => {
    const v = unitRows(embeddings);
    const { produced, state } = denselyAnchored(v, labels, options, { channels, lowScale, highScale, shift });
    const [copies, n, d] = produced.shape;
    const added = tf.reshape<tf.Rank.R2>(detach ? stopGradient(produced) : produced, [copies * n, d]);
    const rows = hosts[host](tf.concat2d([v, added], 0), tf.tile(labels, [copies + 1]));
    const perAnchor = tf.mean<tf.Tensor1D>(tf.reshape(rows, [copies + 1, n]), 0);
    return { ...meanOverAnchors(auxiliary ? tf.add(perAnchor, hosts[host](v, labels)) : perAnchor), state };
  });
}

/** Terms whose mean is the loss, of unit rows. */
const hosts: Readonly<Record<Host, (x: tf.Tensor2D, labels: tf.Tensor1D) => tf.Tensor1D>> = {
  multiSimilarity: (x, labels) => multiSimilarity(x, labels, { negativeScale: 40, threshold: 0.5 }).perAnchor,
  tripletSemiHard: (x, labels) => tripletSemiHard(x, labels, { distance: 'euclidean', normalise: false }).perAnchor,
  contrastive: (x, labels) => contrastive(x, labels, { form: 'linear', average: 'violating' }).perAnchor,
};

function checkDas(embeddings: tf.Tensor2D, labels: tf.Tensor1D, { counts, memory, scales, choices }: DasOptions): void {
  checkEmbedded('das', embeddings, labels);
  const [n, d] = embeddings.shape;
  const like = `embeddings ${shapeOf(embeddings)}`;
  checkFloat('das', 'counts', counts, { shape: [counts.shape[0], d], like });
  checkFloat('das', 'memory', memory, { shape: [counts.shape[0], memory.shape[1], d + 1], like: `${like} and counts ${shapeOf(counts)}` });
  checkFloat('das', 'scales', scales, { shape: [scales.shape[0], n, d], like });
  checkFloat('das', 'choices', choices, { shape: [scales.shape[0], n], like: `scales ${shapeOf(scales)}` });
}

export const dasEntry = defineLoss({
  options: {
    host: choice(['multiSimilarity', 'tripletSemiHard', 'contrastive'], { default: 'multiSimilarity', describe: 'loss over real and produced embeddings' }),
    produced: number({ default: 3, atLeast: 1, integer: true, describe: 'T, embeddings produced around each' }),
    channels: number({ default: 4, atLeast: 1, integer: true, describe: 'K, most frequent channels of a class that are scaled' }),
    lowScale: number({ default: 0.99, above: 0, describe: 'factor of these channels at one end of its range' }),
    highScale: number({ default: 1.01, above: 0, describe: 'factor of these channels at the other end' }),
    shift: number({ default: 0.01, atLeast: 0, describe: 's, factor of the remembered difference' }),
    memorySize: number({ default: 10, atLeast: 1, integer: true, describe: 'M, differences that a class remembers' }),
    detach: flag({ default: true, describe: 'produced embeddings are constants' }),
    auxiliary: flag({ default: false, describe: 'add the loss of the real embeddings alone' }),
  } satisfies SpecsFor<Omit<DasOptions, keyof (AnchoredState & AnchoredDraws)> & { readonly produced?: number; readonly memorySize?: number }>,
  uses: 'pairs',
  parameters: () => ({}),
  state: (classes, dim, { memorySize }) => ({
    counts: { shape: [classes, dim], initial: 'zeros', decay: false },
    memory: { shape: [classes, memorySize, dim + 1], initial: 'zeros', decay: false },
  }),
  draws: (n, dim, { produced }) => ({
    scales: { shape: [produced, n, dim], distribution: 'uniform' },
    choices: { shape: [produced, n], distribution: 'uniform' },
  }),
  apply: ({ embeddings, labels, state, draws, options }) =>
    das(embeddings, labels, { ...options, ...(state as AnchoredState), ...(draws as unknown as AnchoredDraws) }),
});
