import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { supcon, type SupconOptions } from '../../src';
import worked from '../golden/supcon.json';
import generated from '../golden/supcon-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<SupconOptions>('supcon', [worked, generated], ({ embeddings, labels }, options) => supcon(embeddings, labels, options));

onBackends('supcon', () => {
  const z = () => tf.tensor2d([[1, 0], [0.6, 0.8], [-0.6, 0.8], [0.8, 0.6], [0, 1], [-1, 0]]);
  const of = (labels: number[], options: SupconOptions = {}) => (e: tf.Tensor) =>
    supcon(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const oneClass = [4, 4, 4, 4, 4, 4];
  const none = new Float32Array(12);

  it('is 0 with gradient 0 where there are no positives', () => {
    tf.tidy(() => {
      for (const form of ['out', 'in'] as const) {
        for (const denominator of ['all', 'onePositive', 'onlyNegatives'] as const) {
          const alone = of([0, 1, 2, 3, 4, 5], { form, denominator });
          expectClose(alone(z()), 0);
          expectClose(tf.grad(alone)(z()), none);
        }
      }
    });
  });

  it('counts an anchor without a positive as 0 in the mean', () => {
    tf.tidy(() => {
      const { loss, perAnchor } = supcon(z(), tf.tensor1d([0, 0, 0, 0, 0, 7], 'int32'));
      expectClose(perAnchor.slice([5]), [0]);
      expectClose(loss, tf.div(tf.sum(perAnchor), 6));
    });
  });

  it('has no gradient over one class with the mean inside, and is log(2n - 1)', () => {
    tf.tidy(() => {
      const inside = of(oneClass, { form: 'in' });
      expectClose(inside(z()), Math.log(5));
      expectClose(tf.grad(inside)(z()), none, { atol: 1e-5 });
      expectClose(supcon(z(), tf.tensor1d(oneClass, 'int32')).perAnchor, [
        8.527224187503, 5.727285826362, 5.972069949324, 6.6864351334, 4.358937827691, 9.602482755862,
      ]);
    });
  });

  it('gives 0 over one class against the positive alone, or against no negatives', () => {
    tf.tidy(() => {
      for (const denominator of ['onePositive', 'onlyNegatives'] as const) {
        expectClose(of(oneClass, { denominator })(z()), 0);
        expectClose(tf.grad(of(oneClass, { denominator }))(z()), none);
      }
    });
  });

  it('is log(2n - 1) with gradient 0 at equal embeddings', () => {
    tf.tidy(() => {
      for (const form of ['out', 'in'] as const) {
        const loss = of([0, 0, 1, 0, 0, 1], { form });
        const equal = tf.tile<tf.Tensor2D>(tf.tensor2d([[0.6, 0.8]]), [6, 1]);
        expectClose(loss(equal), Math.log(5));
        expectClose(tf.grad(loss)(equal), none, { atol: 5e-6 });
      }
    });
  });

  it('stays finite at a small temperature, where the anchor itself would outweigh everything', () => {
    tf.tidy(() => {
      // row 5 is nearest to its positive; row 0 is nearest to row 3 at 0.8, its other positives are at 0.6 and 0
      const { perAnchor } = supcon(z(), tf.tensor1d([0, 0, 1, 0, 0, 1], 'int32'), { temperature: 0.01 });
      expectClose(perAnchor.slice([5]), [0]);
      expectClose(perAnchor.slice([0], [1]), [(0 + 0.2 + 0.8) / 0.03]);
    });
  });

  it('is never more with the mean inside', () => {
    tf.tidy(() => {
      const labels = tf.tensor1d([0, 0, 1, 0, 0, 1], 'int32');
      const [outside, inside] = [supcon(z(), labels), supcon(z(), labels, { form: 'in' })];
      expect(Math.min(...tf.sub(outside.perAnchor, inside.perAnchor).dataSync())).toBeGreaterThan(-1e-5);
    });
  });

  it('says which number of positives, and of rows, does not do', () => {
    const labels = tf.tensor1d([0, 0, 1], 'int32');
    const three = tf.zeros<tf.Rank.R2>([3, 2]);
    expect(() => supcon(three, labels, { maxPositives: 2 })).toThrow(
      new RangeError('supcon: maxPositives must be odd, the other view and pairs of views, or 0 for all, got 2'),
    );
    expect(() => supcon(three, labels, { maxPositives: 3 })).toThrow(
      new RangeError('supcon: embeddings must be [2n, d], n first views and n second views, got [3,2]'),
    );
    tf.dispose([labels, three]);
  });
});
