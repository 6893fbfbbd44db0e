import * as tf from '@tensorflow/tfjs';
import { expectClose } from '@hypersphere/testing';
import { it } from '@jest/globals';

import { group, groupLoss, type GroupOptions } from '../../src';
import generated from '../golden/group-generated.json';
import { describeGolden } from '../golden-cases';
import { onBackends } from '../on-backends';

describeGolden<GroupOptions>('group', [generated], ({ embeddings, labels, prototypes, bias }, options) =>
  group(embeddings, labels, prototypes, { ...options, bias }),
);

onBackends('group', () => {
  it('takes the first of each class as anchors', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 0.2, -0.5], [0.8, 0.1, 0.3], [-0.3, 1.1, 0.4], [0.1, 0.9, -0.2], [0.2, -0.6, 1.2]]);
      const w = tf.tensor2d([[1, 0.3, -1], [0, 2, 0.4]]);
      const y = tf.tensor1d([1, 0, 1, 1, 0], 'int32');
      const logits = tf.matMul<tf.Tensor2D>(x, w, false, true);
      const options = { temperature: 2, crossEntropyWeight: 0, steps: 2 };
      for (const [anchorsPerClass, isAnchor] of [[0, [0, 0, 0, 0, 0]], [1, [1, 1, 0, 0, 0]], [2, [1, 1, 1, 0, 1]]] as const) {
        const wanted = groupLoss(x, y, logits, tf.tensor1d([...isAnchor]), options).perAnchor;
        expectClose(group(x, y, w, { ...options, anchorsPerClass }).perAnchor, wanted);
      }
    });
  });
});
