import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { rankedList, type RankedListOptions } from '../../src';
import worked from '../golden/ranked-list.json';
import generated from '../golden/ranked-list-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<RankedListOptions>('rankedList', [worked, generated], ({ embeddings, labels }, options) =>
  rankedList(embeddings, labels, options),
);

onBackends('rankedList', () => {
  const of = (labels: number[], options: RankedListOptions = {}) => (e: tf.Tensor) =>
    rankedList(e as tf.Tensor2D, tf.tensor1d(labels, 'int32'), options).loss;
  const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const apart = (degrees: number) => 2 * Math.sin((degrees * Math.PI) / 360);
  const x = () => tf.tensor2d([at(0), at(60), at(20), at(110)]);

  it('keeps the part that it has without positives or negatives', () => {
    tf.tidy(() => {
      const onlyPush = rankedList(x(), tf.tensor1d([0, 1, 2, 3], 'int32'), { temperature: 0 });
      const near = (...degrees: number[]) => degrees.reduce((sum, angle) => sum + (1.2 - apart(angle)) / degrees.length, 0);
      expectClose(onlyPush.perAnchor, [near(60, 20), near(60, 40, 50), near(20, 40), near(50)]);
      const onlyPull = rankedList(x(), tf.tensor1d([5, 5, 5, 5], 'int32'));
      const far = (...degrees: number[]) => degrees.reduce((sum, angle) => sum + (apart(angle) - 0.8) / degrees.length, 0);
      expectClose(onlyPull.perAnchor, [far(60, 110), far(60, 50), far(90), far(110, 50, 90)]); // 50 degrees are 0.845
      for (const labels of [[0, 1, 2, 3], [5, 5, 5, 5]]) {
        expect(tf.grad(of(labels))(x()).dataSync().every(Number.isFinite)).toBe(true);
      }
    });
  });

  it('has a value but no direction where embeddings are equal', () => {
    tf.tidy(() => {
      const equal = tf.tile(tf.tensor2d([[3, 4]]), [4, 1]);
      for (const gradient of ['queryOnly', 'bothEnds', 'full'] as const) {
        expectClose(of([0, 0, 1, 1], { gradient })(equal), 1.2);
        expectClose(tf.grad(of([0, 0, 1, 1], { gradient }))(equal), new Float32Array(8));
      }
      expectClose(of([0, 0, 0, 0])(equal), 0);
    });
  });

  it('moves each query by its own list alone, unless both ends move', () => {
    tf.tidy(() => {
      // rows 0 and 2 are the only negatives within reach of each other
      const labels = [0, 0, 1, 2];
      const e = tf.tensor2d([at(0), at(150), at(30), at(250)]);
      const moved = (gradient: 'queryOnly' | 'bothEnds') => tf.grad(of(labels, { gradient }))(e);
      const [own, both] = [moved('queryOnly'), moved('bothEnds')];
      // list 2 pushes away from 0 and list 0 from 2, alike: with both ends the push on 2 doubles
      expectClose(both.slice([2, 0], [1, 2]), tf.mul(2, own.slice([2, 0], [1, 2])));
      expect(tf.norm(own.slice([2, 0], [1, 2])).dataSync()[0]).toBeGreaterThan(0.1);
    });
  });

  it('holds the weights constant unless the gradient is full', () => {
    tf.tidy(() => {
      // row 0 has a positive at 180 degrees and two negatives within reach, on either side
      const e = tf.tensor2d([at(0), at(40), at(-50), at(180)]);
      const gradients = (temperature: number, gradient: 'queryOnly' | 'full') => {
        const options = { temperature, gradient, margin: 0 };
        const first = (rows: tf.Tensor) => rankedList(rows as tf.Tensor2D, tf.tensor1d([0, 1, 1, 0], 'int32'), options).perAnchor.slice(0, 1);
        return tf.grad(first)(e).slice([0, 0], [1, 2]);
      };
      // the tangent parts of unit pulls: one by the positive, p and 1 - p by the negatives
      const [near, far] = [apart(40), apart(50)];
      const p = 1 / (1 + Math.exp(-10 * (far - near)));
      const tangent = (degrees: number) => Math.cos((degrees * Math.PI) / 360);
      expectClose(gradients(10, 'queryOnly'), [0, p * tangent(40) - (1 - p) * tangent(50) - tangent(180)], { atol: 1e-5 });
      expect(tf.norm(tf.sub(gradients(10, 'full'), gradients(10, 'queryOnly'))).dataSync()[0]).toBeGreaterThan(0.05);
    });
  });

  it('bounds what a list does to its query by (1 + lambda) / n', () => {
    tf.tidy(() => {
      const e = tf.tensor2d([at(0), at(60), at(20), at(110), at(95), at(33)]); // of length 1, so the tangent part is no longer
      const lengths = tf.norm(tf.grad(of([0, 0, 1, 1, 2, 0], { negativeWeight: 2 }))(e), 2, 1).dataSync();
      expect(Math.max(...lengths)).toBeLessThan((1 + 2) / 6);
      expect(Math.max(...lengths)).toBeGreaterThan(0.2);
    });
  });

  it('approaches the hardest negative as the temperature grows', () => {
    tf.tidy(() => {
      const { perAnchor } = rankedList(x(), tf.tensor1d([0, 1, 2, 3], 'int32'), { temperature: 1000 });
      expectClose(perAnchor, [20, 40, 20, 50].map((degrees) => 1.2 - apart(degrees)));
    });
  });
});
