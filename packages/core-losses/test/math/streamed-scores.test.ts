import * as tf from '@tensorflow/tfjs';
import { record } from '@hypersphere/engine/recording';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';
import { expect, it } from '@jest/globals';

import { resolveLoss, type LossConfig } from '../../src';
import { onBackends } from '../on-backends';
import { draws } from '../registry/problem';

const [n, c, d] = [6, 7, 4];
const close = { rtol: 2e-5, atol: 2e-5 };
const LOSSES: readonly LossConfig[] = [
  { name: 'softmax' },
  { name: 'softmax', biases: false },
  { name: 'normface' },
  { name: 'cosface' },
  { name: 'cosface', normaliseFeatures: false },
  { name: 'arcface', scale: 16 },
  { name: 'magface', scale: 16 },
];

/** Loss, terms and gradients in the embeddings and in each parameter. */
function outcome(config: LossConfig, classBlock: number) {
  const { entry, options } = resolveLoss({ ...config, classBlock } as LossConfig);
  const specs = Object.entries(entry.parameters(c, d, options));
  return (embeddings: tf.Tensor, labels: tf.Tensor, parameters: tf.Tensor[]) => {
    const of = (x: tf.Tensor, ...given: tf.Tensor[]) =>
      entry.apply({ embeddings: x as tf.Tensor2D, labels: labels as tf.Tensor1D, parameters: Object.fromEntries(specs.map(([name], at) => [name, given[at] as tf.Tensor])), state: {}, annealed: {}, draws: {}, options });
    const { value, grads } = tf.valueAndGrads((x, ...given) => of(x, ...given).loss)([embeddings, ...parameters]);
    return [value, of(embeddings, ...parameters).perAnchor as tf.Tensor, ...grads];
  };
}

function problem(config: LossConfig) {
  const { entry, options } = resolveLoss(config);
  const tensor = (seed: number, shape: readonly number[]) => tf.tensor(draws(seed, tf.util.sizeFromShape([...shape])), [...shape]);
  const parameters = Object.values(entry.parameters(c, d, options)).map(({ shape }, at) => tensor(at + 2, shape));
  return { embeddings: tensor(1, [n, d]), labels: tf.tensor1d([0, 6, 3, 3, 2, 5], 'int32'), parameters };
}

onBackends('classes in blocks', (backend) => {
  it.each(LOSSES.flatMap((config) => [1, 3, 6, 7].map((classBlock) => ({ config, classBlock, title: `${JSON.stringify(config)} in blocks of ${classBlock}` }))))(
    'give the values and gradients of all at once: $title',
    ({ config, classBlock }) => {
      tf.tidy(() => {
        const { embeddings, labels, parameters } = problem(config);
        const [all, blocks] = [0, classBlock].map((size) => outcome(config, size)(embeddings, labels, parameters));
        all!.forEach((value, at) => {
          expect(blocks![at]!.shape).toEqual(value.shape);
          expectClose(blocks![at]!, value, close);
        });
      });
    },
  );

  it('leave no tensor behind', () => {
    const { embeddings, labels, parameters } = problem({ name: 'cosface' });
    expectTensorsLeft(0, () => tf.dispose(tf.tidy(() => outcome({ name: 'cosface' }, 2)(embeddings, labels, parameters))));
    tf.dispose([embeddings, labels, parameters]);
  });

  if (backend === 'tensorflow') {
    it.each(LOSSES)('run in a recorded step: %j', (config) => {
      const { embeddings, labels, parameters } = problem(config);
      const eager = outcome(config, 3);
      const recorded = record(eager);
      const [once, twice] = [recorded(embeddings, labels, parameters), recorded(embeddings, labels, parameters)];
      tf.tidy(() => eager(embeddings, labels, parameters).forEach((value, at) => expectClose(once[at]!, value, close)));
      expect(once.map((t) => Array.from(t.dataSync()))).toEqual(twice.map((t) => Array.from(t.dataSync())));
      recorded.dispose();
    });
  }
});
