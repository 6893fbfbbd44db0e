import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { arcface, type ArcfaceOptions } from '../../src';
import worked from '../golden/arcface.json';
import generated from '../golden/arcface-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<ArcfaceOptions>('arcface', [worked, generated], ({ embeddings, labels, prototypes }, options) =>
  arcface(embeddings, labels, prototypes, options),
);

/** All prototypes equal, all embeddings opposite: accuracy is at chance, yet without the fix the loss is small. */
const COLLAPSED = [
  { classes: 92, scale: 64, beyondPi: 'none', loss: 0.0353803442 },
  { classes: 92, scale: 64, beyondPi: 'fix', loss: 19.8524767442 },
  { classes: 92, scale: 64, beyondPi: 'easy', loss: 4.521788577 },
  { classes: 10, scale: 64, beyondPi: 'none', loss: 0.0035554639 },
  { classes: 10, scale: 64, beyondPi: 'fix', loss: 17.5388418368 },
  { classes: 10, scale: 64, beyondPi: 'easy', loss: 2.302585093 },
  { classes: 92, scale: 16, beyondPi: 'none', loss: 2.6272059572 },
  { classes: 92, scale: 16, beyondPi: 'fix', loss: 8.3465010686 },
] as const;

const finite = (x: tf.Tensor) => x.dataSync().every(Number.isFinite);

onBackends('arcface', () => {
  it.each(COLLAPSED)('collapsed: $classes classes, s=$scale, $beyondPi', ({ classes, loss, ...options }) => {
    tf.tidy(() => {
      const prototypes = tf.tile(tf.tensor2d([[2, 0]]), [classes, 1]);
      const [x, y] = [tf.tensor2d([[-3, 0], [-1, 0]]), tf.tensor1d([0, 3], 'int32')];
      expectClose(arcface(x, y, prototypes, options).loss, loss, { atol: 3e-5 });
      const [dX, dW] = tf.grads((e, w) => arcface(e as tf.Tensor2D, y, w as tf.Tensor2D, options).loss)([x, prototypes]);
      expect(finite(dX as tf.Tensor) && finite(dW as tf.Tensor)).toBe(true);
    });
  });

  it.each(['fix', 'none', 'easy'] as const)('is finite at 0, 90 and 180 degrees and at a zero embedding, %s', (beyondPi) => {
    tf.tidy(() => {
      const w = tf.tensor2d([[1, 0], [0, 1], [-1, 0]]);
      const x = tf.tensor2d([[3, 0], [3, 0], [3, 0], [0, 0]]);
      const y = tf.tensor1d([0, 1, 2, 1], 'int32');
      for (const gradient of ['exact', 'straightThrough'] as const) {
        const options = { beyondPi, gradient, intraWeight: 1, interWeight: 1 };
        const of = (e: tf.Tensor, p: tf.Tensor) => arcface(e as tf.Tensor2D, y, p as tf.Tensor2D, options).loss;
        expect(tf.grads(of)([x, w]).every(finite) && finite(of(x, w))).toBe(true);
      }
    });
  });

  it('gives one class loss 0 and gradient 0, inter term included', () => {
    tf.tidy(() => {
      const [x, y, w] = [tf.tensor2d([[1, 2], [-3, 1]]), tf.tensor1d([0, 0], 'int32'), tf.tensor2d([[2, -1]])];
      const of = (e: tf.Tensor) => arcface(e as tf.Tensor2D, y, w, { interWeight: 1 }).loss;
      expectClose(of(x), 0);
      expectClose(tf.grad(of)(x), [0, 0, 0, 0]);
    });
  });

  it('falls by its jump of cos m + m sin m - 1 where the fix sets in', () => {
    tf.tidy(() => {
      const targetOf = (degrees: number, beyondPi: 'fix' | 'none') => {
        const angle = (degrees * Math.PI) / 180;
        const [x, w] = [tf.tensor2d([[1, 0]]), tf.tensor2d([[Math.cos(angle), Math.sin(angle)], [0, -1]])];
        // the other logit is 0, so that the loss is log(1 + e^-t)
        const loss = arcface(x, tf.tensor1d([0], 'int32'), w, { scale: 1, beyondPi }).loss.dataSync()[0] as number;
        return -Math.log(Math.exp(loss) - 1);
      };
      const limit = 180 - (0.5 * 180) / Math.PI;
      expectClose(targetOf(limit - 0.1, 'fix'), targetOf(limit - 0.1, 'none'));
      expectClose(targetOf(limit + 0.1, 'fix'), -1.1173, { atol: 1.5e-3 });
      expectClose(targetOf(limit + 0.1, 'none'), -1, { atol: 1e-4 });
    });
  });

  it('gives the gradient to the first of equal sub-centres, to no other', () => {
    tf.tidy(() => {
      const w = tf.tensor2d([[1, 0], [1, 0], [0, 1], [0, 1]]);
      const of = (p: tf.Tensor) =>
        arcface(tf.tensor2d([[1, 1]]), tf.tensor1d([0], 'int32'), p as tf.Tensor2D, { subCentres: 2, scale: 4 }).loss;
      const rows = tf.grad(of)(w).arraySync() as number[][];
      expect(rows.map((row) => row.some((v) => v !== 0))).toEqual([true, false, true, false]);
    });
  });

  it('sends no gradient of the inter term to embeddings, and pushes prototypes apart', () => {
    tf.tidy(() => {
      const [y, w] = [tf.tensor1d([0], 'int32'), tf.tensor2d([[1, 0], [1, 1]])];
      const x = tf.tensor2d([[1, 0.5]]);
      const inter = (e: tf.Tensor, p: tf.Tensor) => {
        const [X, P] = [e as tf.Tensor2D, p as tf.Tensor2D];
        return tf.sub<tf.Scalar>(arcface(X, y, P, { interWeight: 1 }).loss, arcface(X, y, P).loss);
      };
      expectClose(inter(x, w), -0.25, { atol: 1e-4 });
      const [dX, dW] = tf.grads(inter)([x, w]);
      expectClose(dX as tf.Tensor, [0, 0], { atol: 1e-5 });
      expect((dW as tf.Tensor).arraySync()).toMatchObject([[expect.closeTo(0, 4), expect.closeTo(1 / Math.PI, 4)], expect.anything()]);
    });
  });

  it('says which options and shapes exclude each other', () => {
    const [x, y, w] = [tf.zeros<tf.Rank.R2>([4, 8]), tf.zeros<tf.Rank.R1>([4], 'int32'), tf.zeros<tf.Rank.R2>([9, 8])];
    expect(() => arcface(x, y, w, { multiplier: 1.35 })).toThrow(
      new RangeError("arcface: beyondPi 'fix' is defined for multiplier 1 only, got 1.35; use 'none'"),
    );
    expect(() => arcface(x, y, w, { subCentres: 3, interWeight: 1 })).toThrow(
      new RangeError('arcface: interWeight needs subCentres 1, got 3'),
    );
    expect(() => arcface(x, y, w, { subCentres: 2 })).toThrow(
      new RangeError('arcface: prototypes must be [c * 2, 8] to match embeddings [4,8], got [9,8]'),
    );
  });
});
