import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';
import * as tf from '@tensorflow/tfjs';

import { collapseReason, type HealthPoint } from '../src/diagnosis/collapse';
import { embeddingHealth } from '../src/diagnosis/embedding-health';

const context = { steps: 1000, classes: 100 };
const healthy = { loss: 1, embeddingNorm: 10, meanCosine: 0.1, accuracy: 0.9 };

/** A point every 20 steps up to `last`, with what `at` says about a step. */
function run(at: (step: number) => Partial<HealthPoint>, last = 1000): HealthPoint[] {
  return Array.from({ length: last / 20 }, (_, index) => ({ step: 20 * (index + 1), ...healthy, ...at(20 * (index + 1)) }));
}
const same = { meanCosine: 0.999, accuracy: 0.01 };

describe('collapseReason', () => {
  it.each<[string, HealthPoint[]]>([
    ['a healthy run', run(() => ({}))],
    ['a fresh network, whose embeddings lie together', run((step) => (step <= 400 ? same : {}))],
    ['a plateau that is left in the end', run((step) => (step <= 920 ? { loss: Math.log(100), accuracy: 0.01 } : {}))],
    ['a plateau that may still be left', run(() => ({ loss: Math.log(100), accuracy: 0.01 }), 980)],
    ['a margin loss at the value of the plateau that classifies', run(() => ({ loss: Math.log(100), accuracy: 0.5 }))],
    ['features of one orthant that classify', run(() => ({ meanCosine: 0.995 }))],
    ['a short run', run(() => same, 80)],
    ['a hard task, slightly better than chance', run(() => ({ loss: 4.2, accuracy: 0.03 }))],
    ['pairs of two classes', run(() => ({ accuracy: undefined, meanCosine: 0.9 }))],
  ])('does not flag %s', (_, points) => expect(collapseReason(points, context)).toBeUndefined());

  it.each<[string, HealthPoint[], string]>([
    ['identical embeddings at the end', run((step) => (step > 800 ? same : {})), 'all embeddings point the same way (mean cosine above 0.99 in all 5 curve points of steps 920 to 1000)'],
    ['identical embeddings without prototypes', run(() => ({ meanCosine: 1, accuracy: undefined })), 'all embeddings point the same way'],
    ['identical embeddings for half of the run, before its end', run(() => same, 600), 'all embeddings point the same way (mean cosine above 0.99 in all 25 curve points of steps 120 to 600)'],
    ['embeddings of no length', run(() => ({ embeddingNorm: 1e-9, meanCosine: 0, accuracy: 0.01 })), 'embeddings have no length (norm below 0.000001'],
    ['chance accuracy at a tiny loss', run(() => ({ loss: 0.01, accuracy: 0.012 })), 'training accuracy 0.012 is no better than chance (100 classes)'],
    ['a loss at ln C', run((step) => ({ loss: Math.log(100) * (step > 500 ? 1.005 : 0.7), accuracy: 0.15 })), 'the loss stands at ln(100) = 4.605'],
  ])('flags %s', (_, points, reason) => expect(collapseReason(points, context)).toContain(reason));

  it('does not judge a whole training of fewer than 100 steps', () => {
    expect(collapseReason(run(() => same, 80), { steps: 80, classes: 100 })).toBeUndefined();
    expect(collapseReason(run(() => same, 100), { steps: 100, classes: 100 })).toBeDefined();
  });

  it('allows for noise around chance, less for few classes', () => {
    const at = (accuracy: number, classes: number) => collapseReason(run(() => ({ accuracy })), { steps: 1000, classes });
    expect(at(0.14, 10)).toBeDefined();
    expect(at(0.16, 10)).toBeUndefined();
    expect(at(0.54, 2)).toBeDefined();
    expect(at(0.56, 2)).toBeUndefined();
  });
});

describe('embeddingHealth', () => {
  const embeddings = tf.tensor2d([[2, 0], [0, 3], [-1, 0], [0, 6]]);
  const labels = tf.tensor1d([0, 1, 2, 2], 'int32');

  it('measures length and mean cosine of different images', () => {
    const { embeddingNorm, meanCosine, accuracy } = embeddingHealth({ embeddings, labels, classes: 3 });
    expectClose(embeddingNorm, 3);
    expectClose(meanCosine, 0); // pairs: 0, -1, 0, 0, 1, 0
    expect(accuracy).toBeUndefined();
  });

  it('classifies by cosine, not by product', () => {
    const prototypes = tf.tensor2d([[1, 0], [0.1, 0.3], [-9, 9]]);
    const nearest = tf.tensor1d([0, 1, 2, 1], 'int32'); // by product the second and fourth would be of class 2
    expectClose(embeddingHealth({ embeddings, labels: nearest, prototypes, classes: 3 }).accuracy ?? NaN, 1);
    expectClose(embeddingHealth({ embeddings, labels, prototypes, classes: 3 }).accuracy ?? NaN, 0.75);
  });

  it('takes the nearest of several prototypes a class', () => {
    const prototypes = tf.tensor2d([[1, 0], [1, 0.1], [0, 1], [1, 1], [-1, 0], [-1, 0.5]]);
    expectClose(embeddingHealth({ embeddings, labels, prototypes, classes: 3 }).accuracy ?? NaN, 0.75);
  });

  it('stays finite for embeddings of no length', () => {
    expect(embeddingHealth({ embeddings: tf.zeros([4, 2]), labels, classes: 3 }).embeddingNorm).toBe(0);
  });
});
