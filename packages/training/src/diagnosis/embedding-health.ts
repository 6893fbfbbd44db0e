import * as tf from '@tensorflow/tfjs';

import type { HealthPoint } from './collapse';

/** Below this length a vector counts as 0 when it is normalised. */
const FLOOR = 1e-12;

export interface HealthInputs {
  /** float32 `[n, d]` */
  readonly embeddings: tf.Tensor2D;
  /** int32 `[n]` */
  readonly labels: tf.Tensor1D;
  /** float32 `[c, d]` or `[c k, d]`, the rows of a class next to each other. */
  readonly prototypes?: tf.Tensor2D;
  readonly classes: number;
}

/**
 * Length and spread of a batch's embeddings, and its accuracy by cosine without any margin.
 *
 * Waits for the device once.
 */
export function embeddingHealth({ embeddings, labels, prototypes, classes }: HealthInputs): Pick<HealthPoint, 'embeddingNorm' | 'meanCosine' | 'accuracy'> {
  const n = embeddings.shape[0];
  const summary = tf.tidy(() => {
    const units = unitRows(embeddings);
    const resultant = tf.sum(tf.square(tf.sum(units, 0))); // |sum of n unit vectors|^2 = n + n (n - 1) mean cosine
    const hits = prototypes === undefined ? tf.scalar(0) : correct(units, labels, prototypes, classes);
    return tf.stack([tf.mean(tf.norm(embeddings, 'euclidean', 1)), resultant, hits]);
  });
  const [embeddingNorm = 0, resultant = 0, hits = 0] = summary.dataSync();
  summary.dispose();
  const meanCosine = n < 2 ? 0 : (resultant - n) / (n * (n - 1));
  return { embeddingNorm, meanCosine, ...(prototypes === undefined ? {} : { accuracy: hits / n }) };
}

function correct(units: tf.Tensor2D, labels: tf.Tensor1D, prototypes: tf.Tensor2D, classes: number): tf.Tensor {
  const cosine = tf.matMul(units, unitRows(prototypes), false, true); // [n, c k]
  const rows = tf.scalar(prototypes.shape[0] / classes, 'int32');
  const predicted = tf.floorDiv(tf.cast(tf.argMax(cosine, 1), 'int32'), rows);
  return tf.sum(tf.cast(tf.equal(predicted, labels), 'float32'));
}

function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.div(rows, tf.maximum(tf.norm(rows, 'euclidean', 1, true), FLOOR));
}
