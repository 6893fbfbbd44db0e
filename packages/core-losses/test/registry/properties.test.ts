import * as tf from '@tensorflow/tfjs';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { onBackends, onCpu } from '../on-backends';
import { draws, gradientsOf, LABELS, mapRows, problemFor, reordered, run, SIZE, termsOf, type Problem } from './problem';
import { variants } from './variants';

/** Losses for which a property does not hold, and why. Everything else in the registry must have it. */
const exceptions: Record<'order' | 'rotation' | 'length' | 'single' | 'terms' | 'termsAverageToLoss', Record<string, string>> = {
  order: {
    das: 'which difference is recalled depends on the order in which they came',
    group: 'the first examples of each class are anchors',
    nPair: 'the first of a class is the anchor, the second its positive',
    simclr: 'the other view of an image is n rows on',
  },
  rotation: { das: 'channels are counted and scaled', group: 'correlations are taken over the features' },
  length: {
    softmax: 'logits are products, norms are part of them',
    softmaxWithTriplet: 'so are its logits, and distances of its triplets',
    contraX: 'so are the logits of its softmax',
    pairwiseCrossEntropy: 'products of the embeddings as they are',
    simplifiedPairwiseCrossEntropy: 'so are these products',
    softmaxWithCenter: 'so are its logits, and distances to centres',
    centerLoss: 'distances to centres are not relative',
    group: 'so are the logits that its labels start from',
    lSoftmax: 'so are its logits',
    magface: 'the norm is a measure of quality',
    nbcSoftmax: 'so are the logits of its softmax',
    sphereface: 'features keep their norm',
    'cosface normaliseFeatures=false': 'features keep their norm',
    contrastive: 'distances of the embeddings as they are',
    liftedStructure: 'so are its distances',
    nPair: 'products of the embeddings as they are',
    'simclr normalise=false': 'so are these products',
    'supcon normalise=false': 'so are these products',
    tripletAll: 'distances of the embeddings as they are',
    tripletBatchHard: 'so are its distances',
    'tripletSemiHard normalise=false': 'so are these distances',
    'unpg host=magface': 'the norm is a measure of quality with this host',
  },
  terms: {
    proxyAnchor: 'terms belong to proxies',
    'circle reduction=batch': 'one term over all pairs',
  },
  single: { simclr: 'an image has two views', 'supcon maxPositives=1': 'an image has two views' },
  termsAverageToLoss: { 'centerLoss reduction=sum': 'the loss is their sum' },
};

/** Settings under which a loss of the length table does ignore lengths. */
const ignoresLength = ['form=detached', 'sphereface normaliseFeatures=true', 'distance=angular', 'distance=cosine', 'normalise=true', 'priors=uniform'];

/** Settings under which a loss of the other tables has the property. */
const hasIt = { order: ['group anchorsPerClass=0'], rotation: ['group similarity=cosine', 'group steps=0'] };

const close = { rtol: 1e-4, atol: 1e-5 };
/** Two losses this far apart differ by more than rounding. */
const TELLING = 1e-4;
const flip = [4, 2, 5, 0, 3, 1];
const finite = (tensors: tf.Tensor[]) => tensors.every((t) => t.dataSync().every(Number.isFinite));

describe.each(variants)('$title', ({ title, name, entry, options: plain }) => {
  const hot = 'scale' in entry.options ? { ...plain, scale: 64 } : plain;
  const isException = (property: keyof typeof exceptions) => name in exceptions[property] || title in exceptions[property];

  (title === name ? onBackends : onCpu)('has the properties', () => {
    it('returns a scalar and one term an anchor', () => {
      tf.tidy(() => {
        const { loss, perAnchor, state = {} } = run(entry, plain, problemFor(entry, plain));
        expect([loss.shape, loss.dtype]).toEqual([[], 'float32']);
        expect([perAnchor?.shape, perAnchor?.dtype]).toEqual(isException('terms') ? [undefined, undefined] : [[SIZE.n], 'float32']);
        if (!isException('terms') && !isException('termsAverageToLoss')) expectClose(loss, tf.mean(perAnchor as tf.Tensor));
        const specs = Object.entries(entry.state?.(SIZE.c, SIZE.d, plain) ?? {});
        expect(Object.entries(state).map(([key, t]) => [key, t.shape])).toEqual(specs.map(([key, { shape }]) => [key, shape]));
      });
    });

    it('does not depend on the order of the batch', () => {
      tf.tidy(() => {
        const problem = problemFor(entry, plain);
        const order = tf.tensor1d(flip, 'int32');
        const shuffled = reordered(problem, order);
        const [before, after] = [run(entry, plain, problem), run(entry, plain, shuffled)];
        if (isException('order') && !hasIt.order.includes(title)) return expect(gap(before.loss, after.loss)).toBeGreaterThan(TELLING);
        expectClose(after.loss, before.loss, close);
        if (!isException('terms')) expectClose(termsOf(after), tf.gather(termsOf(before), order), close);
        expectClose(Object.values(after.state ?? {}).map((t) => t.arraySync()) as never, Object.values(before.state ?? {}).map((t) => t.arraySync()), close);
        const [dBefore, dAfter] = [gradientsOf(entry, plain, problem), gradientsOf(entry, plain, shuffled)];
        expectClose(dAfter[0]!, tf.gather(dBefore[0]!, order), close);
        dBefore.slice(1).forEach((gradient, i) => expectClose(dAfter[i + 1]!, gradient, close));
      });
    });

    it('does not change when everything turns together', () => {
      tf.tidy(() => {
        const problem = problemFor(entry, plain);
        const turn = rotation();
        const [before, after] = [run(entry, plain, problem), run(entry, plain, mapRows(problem, (rows) => tf.matMul(rows, turn)))];
        if (isException('rotation') && !hasIt.rotation.includes(title)) return expect(gap(before.loss, after.loss)).toBeGreaterThan(TELLING);
        expectClose(termsOf(after), termsOf(before), close);
      });
    });

    it('depends on the length of embeddings as declared', () => {
      tf.tidy(() => {
        const problem = problemFor(entry, plain);
        const longer: Problem = { ...problem, embeddings: tf.mul(problem.embeddings, [[3], [0.5], [2], [70], [1.5], [0.2]]) };
        const [before, after] = [run(entry, plain, problem), run(entry, plain, longer)];
        if (isException('length') && !ignoresLength.some((part) => title.endsWith(part))) {
          expect(gap(before.loss, after.loss)).toBeGreaterThan(TELLING);
        } else {
          expectClose(termsOf(after), termsOf(before), close);
        }
      });
    });

    it.each<[string, (problem: Problem) => Problem]>([
      ['as drawn', (p) => p],
      ['zero embeddings', (p) => ({ ...p, embeddings: tf.zerosLike(p.embeddings) })],
      ['equal embeddings', (p) => ({ ...p, embeddings: tf.tile(p.embeddings.slice(0, 1), [SIZE.n, 1]) })],
      ['embeddings on their prototypes', (p) => onRows(p, 1)],
      ['embeddings facing away', (p) => onRows(p, -2)],
      ['long embeddings', (p) => ({ ...p, embeddings: tf.mul(p.embeddings, 100) })],
      ['zero prototypes', (p) => ({ ...p, parameters: mapValues(p.parameters, (t) => tf.zerosLike(t)) })],
      ['one class only', (p) => ({ ...p, labels: tf.zerosLike(p.labels) })],
      ['every label once', (p) => ({ ...p, labels: tf.tensor1d([0, 1, 2, 3, 4, 4], 'int32') })],
    ])('is finite with finite gradients at scale 64: %s', (_, change) => {
      tf.tidy(() => {
        const problem = change(problemFor(entry, hot));
        const { loss, state = {}, ...more } = run(entry, hot, problem);
        expect(finite([loss, termsOf({ loss, ...more }), ...Object.values(state)])).toBe(true);
        expect(finite(gradientsOf(entry, hot, problem))).toBe(true);
      });
    });

    it('takes a single example', () => {
      tf.tidy(() => {
        const problem = problemFor(entry, plain, [1]);
        if (isException('single')) return expect(() => run(entry, plain, problem)).toThrow(RangeError);
        expect(finite([run(entry, plain, problem).loss, ...gradientsOf(entry, plain, problem)])).toBe(true);
      });
    });

    it('leaves no tensor behind', () => {
      const problem = tf.tidy(() => problemFor(entry, plain) as unknown as tf.TensorContainerObject) as unknown as Problem;
      expectTensorsLeft(0, () => tf.dispose(run(entry, plain, problem)));
      expectTensorsLeft(0, () => tf.dispose(gradientsOf(entry, plain, problem)));
      tf.dispose(problem as unknown as tf.TensorContainerObject);
    });
  });

  it('says which argument is wrong', () => {
    tf.tidy(() => {
      const problem = problemFor(entry, plain);
      const said = (change: Partial<Problem>) => () => run(entry, plain, { ...problem, ...change });
      const seven = tf.tensor1d([...LABELS, 0], 'int32');
      expect(said({ labels: seven })).toThrow(new RangeError(`${name}: labels must be [6] to match embeddings [6,4], got [7]`));
      expect(said({ labels: tf.zeros([6]) })).toThrow(
        new TypeError(`${name}: labels must be int32, got float32; convert with tf.cast(labels, 'int32')`),
      );
      expect(said({ embeddings: tf.zeros([6, 4], 'int32') })).toThrow(
        new TypeError(`${name}: embeddings must be float32, got int32; convert with tf.cast(embeddings, 'float32')`),
      );
      expect(said({ embeddings: tf.zeros([24]) as unknown as tf.Tensor2D })).toThrow(
        new RangeError(`${name}: embeddings must be [n, d] with n, d >= 1, got [24]`),
      );
      expect(said({ embeddings: tf.zeros([0, 4]) })).toThrow(
        new RangeError(`${name}: embeddings must be [n, d] with n, d >= 1, got [0,4]`),
      );
      for (const key of ['prototypes', 'centres']) {
        const own = key === 'prototypes' ? problem.parameters : problem.state;
        if (!(key in own)) continue;
        const wrong = { ...own, [key]: tf.zeros([SIZE.c, 9]) };
const each = plain.subCentres === 2 ? 'c * 2' : 'c';
        expect(said(key === 'prototypes' ? { parameters: wrong } : { state: wrong })).toThrow(
          new RangeError(`${name}: ${key} must be [${each}, 4] to match embeddings [6,4], got [5,9]`),
        );
      }
    });
  });
});

function rotation(): tf.Tensor2D {
  const raw = tf.tensor2d(draws(5, SIZE.d * SIZE.d), [SIZE.d, SIZE.d]);
  return tf.linalg.gramSchmidt(raw) as tf.Tensor2D;
}

/** Embeddings that are `factor` times the first prototype (or centre) row of their class. */
function onRows(problem: Problem, factor: number): Problem {
  const rows = problem.parameters.prototypes ?? problem.state.centres ?? problem.embeddings;
  const each = Math.max(1, Math.floor(rows.shape[0] / SIZE.c));
  return { ...problem, embeddings: tf.mul(factor, tf.gather(rows, tf.mul(problem.labels, tf.scalar(each, 'int32')))) };
}

function mapValues(tensors: Problem['state'], map: (t: tf.Tensor) => tf.Tensor): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([key, t]) => [key, map(t)]));
}

function gap(a: tf.Scalar, b: tf.Scalar): number {
  return Math.abs((a.dataSync()[0] as number) - (b.dataSync()[0] as number));
}
