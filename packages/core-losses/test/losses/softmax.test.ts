import * as tf from '@tensorflow/tfjs';
import { expect, it } from '@jest/globals';

import { softmax, type SoftmaxOptions } from '../../src';
import worked from '../golden/softmax.json';
import generated from '../golden/softmax-generated.json';
import { describeGolden } from '../golden-cases';

describeGolden<SoftmaxOptions>('softmax', [worked, generated], ({ embeddings, labels, prototypes, bias }, options) =>
  softmax(embeddings, labels, prototypes, { bias, ...options }),
);

it('says when the bias does not fit', () => {
  const [x, y, w] = [tf.zeros<tf.Rank.R2>([4, 8]), tf.zeros<tf.Rank.R1>([4], 'int32'), tf.zeros<tf.Rank.R2>([10, 8])];
  expect(() => softmax(x, y, w, { bias: tf.zeros([9]) })).toThrow(
    new RangeError('softmax: bias must be [10] to match prototypes [10,8], got [9]'),
  );
});
