import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { groupLoss, softmax, type GroupLossOptions } from '../../src';
import worked from '../golden/group-loss.json';
import generated from '../golden/group-loss-generated.json';
import { describeGolden, type GoldenCase, type GoldenFile } from '../golden-cases';
import { onBackends } from '../on-backends';

interface GroupCase extends Omit<GoldenCase, 'prototypes' | 'bias'> {
  readonly logits: number[][];
  readonly isAnchor: number[];
  readonly gradLogits?: number[][];
}

/** Logits stand where other losses have prototypes, the anchors where they have a bias. */
const placed = ({ source, cases }: { source: string; cases: readonly GroupCase[] }): GoldenFile => ({
  source,
  cases: cases.map(({ logits, isAnchor, gradLogits, ...golden }) => ({ ...golden, prototypes: logits, bias: isAnchor, gradPrototypes: gradLogits })),
});

describeGolden<GroupLossOptions>('groupLoss', [placed(worked), placed(generated)], ({ embeddings, labels, prototypes, bias }, options) =>
  groupLoss(embeddings, labels, prototypes, bias as tf.Tensor1D, options),
);

onBackends('groupLoss', () => {
  const x = () => tf.tensor2d([[1, 0.2, -0.5], [0.8, 0.1, 0.3], [-0.3, 1.1, 0.4], [0.1, 0.9, -0.2], [0.2, -0.6, 1.2]]);
  const s = () => tf.tensor2d([[2, 0.5, -1], [1, 0.2, 0.1], [0.3, 1.5, -0.2], [-0.5, 0.8, 0.9], [0, -0.3, 1.2]]);
  const ints = (...values: number[]) => tf.tensor1d(values, 'int32');
  const anchors = (...values: number[]) => tf.tensor1d(values, 'float32');
  const alone = { temperature: 2, crossEntropyWeight: 0, diagonal: 'one' } as const;
  const gradients = (y: tf.Tensor1D, isAnchor: tf.Tensor1D, options: GroupLossOptions) =>
    tf.grads((e: tf.Tensor, z: tf.Tensor) => groupLoss(e as tf.Tensor2D, y, z as tf.Tensor2D, isAnchor, options).loss);

  it('leaves anchors at 0, and with anchors alone only the cross-entropy', () => {
    tf.tidy(() => {
      const [y, all] = [ints(0, 0, 1, 1, 2), anchors(1, 1, 1, 1, 1)];
      expectClose(groupLoss(x(), y, s(), all, alone).perAnchor, [0, 0, 0, 0, 0]);
      const plain = softmax(s(), y, tf.eye(3)).perAnchor;
      expectClose(groupLoss(x(), y, s(), all, { ...alone, crossEntropyWeight: 0.4 }).perAnchor, tf.mul(0.4, plain));
      for (const gradient of gradients(y, all, alone)([x(), s()])) expectClose(gradient, new Float32Array(15));
    });
  });

  it('does not hear the length of embeddings or what is added to all their features', () => {
    tf.tidy(() => {
      const [y, some] = [ints(0, 0, 1, 1, 2), anchors(1, 0, 0, 1, 0)];
      const moved = tf.add<tf.Tensor2D>(tf.mul(x(), [[3], [0.5], [2], [7], [0.2]]), [[1], [-2], [0.3], [0], [5]]);
      expectClose(groupLoss(moved, y, s(), some, { steps: 2 }).perAnchor, groupLoss(x(), y, s(), some, { steps: 2 }).perAnchor);
    });
  });

  it('does not depend on the order of the batch where the anchors move along', () => {
    tf.tidy(() => {
      const [y, some, order] = [ints(0, 0, 1, 1, 2), anchors(1, 0, 0, 1, 0), ints(3, 1, 4, 0, 2)];
      const rows = [x(), y, s(), some].map((t) => tf.gather(t as tf.Tensor2D, order)) as unknown as [tf.Tensor2D, tf.Tensor1D, tf.Tensor2D, tf.Tensor1D];
      expectClose(groupLoss(...rows).perAnchor, tf.gather(groupLoss(x(), y, s(), some).perAnchor, order));
    });
  });

  it.each([
    ['no positives', [0, 1, 2, 3, 4]],
    ['no negatives', [1, 1, 1, 1, 1]],
  ])('is finite with finite gradients where there are %s, with anchors and without', (_, labels) => {
    tf.tidy(() => {
      const logits = tf.concat<tf.Tensor2D>([s(), tf.neg(s())], 1);
      for (const isAnchor of [anchors(1, 0, 0, 0, 0), anchors(0, 0, 0, 0, 0)]) {
        for (const options of [alone, { ...alone, diagonal: 'zero', steps: 3 }, { ...alone, negatives: 'shift', steps: 3 }] as const) {
          expectClose(tf.isFinite(groupLoss(x(), ints(...labels), logits, isAnchor, options).perAnchor).all(), 1);
          for (const gradient of gradients(ints(...labels), isAnchor, options)([x(), logits])) expectClose(tf.isFinite(gradient).all(), 1);
        }
      }
    });
  });

  it('is 0 where the classifier has one class', () => {
    tf.tidy(() => {
      expectClose(groupLoss(x(), ints(0, 0, 0, 0, 0), s().slice([0, 0], [5, 1]), anchors(1, 0, 0, 0, 0), { diagonal: 'one', crossEntropyWeight: 1 }).loss, 0);
    });
  });

  it('lets equal embeddings support each other fully, and constant ones themselves alone', () => {
    tf.tidy(() => {
      const [y, some] = [ints(0, 0, 1, 1, 2), anchors(1, 0, 0, 0, 0)];
      const equal = tf.tile(x().slice(0, 1), [5, 1]);
      const start = tf.softmax(tf.div<tf.Tensor2D>(s(), 2)).arraySync();
      start[0] = [1, 0, 0];
      const support = [0, 1, 2].map((a) => start.reduce((sum, row) => sum + row[a]!, 0));
      const termsOf = (by: (row: number[], a: number) => number) =>
        start.map((row, i) => {
          const grown = row.map((_, a) => row[a]! * by(row, a));
          return -Math.log(grown[[0, 0, 1, 1, 2][i]!]! / grown.reduce((sum, v) => sum + v, 0));
        });
      expectClose(groupLoss(equal, y, s(), some, alone).perAnchor, termsOf((_, a) => support[a]!));
      const constant = tf.mul<tf.Tensor2D>(tf.ones([5, 3]), [[1], [2], [0], [-1], [3]]);
      expectClose(groupLoss(constant, y, s(), some, alone).perAnchor, termsOf((row, a) => row[a]!));
      for (const e of [equal, constant]) {
        for (const gradient of gradients(y, some, alone)([e, s()])) expectClose(tf.isFinite(gradient).all(), 1);
      }
    });
  });

  it('saturates with gradient 0 where a row has no support, after several steps too', () => {
    tf.tidy(() => {
      const [y, none] = [ints(0, 1), anchors(0, 0)];
      const opposite = tf.tensor2d([[1, 0, -1], [-1, 0, 1]]);
      const askew = tf.tensor2d([[1, 0.3, -1.2], [-0.7, 1.1, 0.9]]); // two examples are each other's least similar, shifted to 0
      for (const [e, negatives] of [[opposite, 'clamp'], [askew, 'shift']] as const) {
        for (const steps of [1, 3, 6]) {
          const options = { ...alone, diagonal: 'zero', negatives, steps } as const;
          expectClose(groupLoss(e, y, s().slice(0, 2), none, options).perAnchor, [27.6310211, 27.6310211]);
          for (const gradient of gradients(y, none, options)([e, s().slice(0, 2)])) expectClose(gradient, new Float32Array(6));
        }
      }
    });
  });

  it('says which argument does not fit', () => {
    tf.tidy(() => {
      const said = (z: tf.Tensor, isAnchor: tf.Tensor) => () =>
        groupLoss(x(), ints(0, 0, 1, 1, 2), z as tf.Tensor2D, isAnchor as tf.Tensor1D);
      expect(said(tf.zeros([4, 3]), anchors(1, 0, 0, 0, 0))).toThrow(
        new RangeError('groupLoss: logits must be [5,3] to match embeddings [5,3], got [4,3]'),
      );
      expect(said(s(), anchors(1, 0))).toThrow(new RangeError('groupLoss: isAnchor must be [5] to match embeddings [5,3], got [2]'));
      expect(said(s(), ints(1, 0, 0, 0, 0))).toThrow(
        new TypeError("groupLoss: isAnchor must be float32, got int32; convert with tf.cast(isAnchor, 'float32')"),
      );
    });
  });
});
