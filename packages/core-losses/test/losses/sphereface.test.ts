import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { sphereface, type SpherefaceOptions } from '../../src';
import worked from '../golden/sphereface.json';
import generated from '../golden/sphereface-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<SpherefaceOptions>('sphereface', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  sphereface(embeddings, labels, prototypes, options),
);

const inputs = () => ({
  x: tf.tensor2d(worked.cases[0]!.embeddings),
  y: tf.tensor1d(worked.cases[0]!.labels, 'int32'),
  w: tf.tensor2d(worked.cases[0]!.prototypes),
});

onBackends('sphereface', () => {
  it.each([1, 2, 3, 4])('gives a zero embedding ln c and a finite gradient, m=%d', (margin) => {
    tf.tidy(() => {
      const { w } = inputs();
      for (const gradient of ['exact', 'released'] as const) {
        const of = (x: tf.Tensor) => sphereface(x as tf.Tensor2D, tf.tensor1d([1], 'int32'), w, { margin, gradient }).loss;
        expectClose(of(tf.zeros([1, 2])), Math.log(3), { atol: 1e-5 });
        expect(tf.grad(of)(tf.zeros([1, 2])).dataSync().every(Number.isFinite)).toBe(true);
      }
    });
  });

  it('takes lambda as a number or as a scalar tensor', () => {
    tf.tidy(() => {
      const { x, y, w } = inputs();
      for (const gradient of ['exact', 'released'] as const) {
        expectClose(sphereface(x, y, w, { lambda: tf.scalar(5), gradient }).loss, 2.294020220822);
      }
    });
  });

  it('detached: value of psi, gradient of the plain cosine in the margined softmax', () => {
    tf.tidy(() => {
      const [y, w] = [tf.tensor1d([0], 'int32'), tf.tensor2d([[1, 0], [0, 1]])];
      const at = (60 * Math.PI) / 180;
      const of = (x: tf.Tensor) => sphereface(x as tf.Tensor2D, y, w, { form: 'detached', margin: 1.5, scale: 4 }).loss;
      const x = tf.tensor2d([[Math.cos(at), Math.sin(at)]]);
      const logits = [4 * Math.cos(1.5 * at), 4 * Math.sin(at)] as const;
      const p = 1 / (1 + Math.exp(logits[0] - logits[1])); // of the wrong class
      expectClose(of(x), -Math.log(1 - p));
      // d cos_0 / d theta = -sin, d cos_1 / d theta = cos; the gradient runs along the tangent (-sin, cos)
      const turn = 4 * p * (Math.sin(at) + Math.cos(at));
      expectClose(tf.grad(of)(x), [-Math.sin(at) * turn, Math.cos(at) * turn]);
    });
  });

  it('says which options exclude each other', () => {
    const { x, y, w } = inputs();
    expect(() => sphereface(x, y, w, { margin: 1.5 })).toThrow(
      new RangeError("sphereface: margin must be 1, 2, 3 or 4, got 1.5; form 'detached' takes any number >= 1"),
    );
    const message = "sphereface: gradient 'released' exists only for form 'original' without normaliseFeatures";
    expect(() => sphereface(x, y, w, { gradient: 'released', form: 'detached' })).toThrow(new RangeError(message));
    expect(() => sphereface(x, y, w, { gradient: 'released', normaliseFeatures: true })).toThrow(new RangeError(message));
  });
});
