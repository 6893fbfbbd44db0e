import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { record } from '../../src/recording';
import { runKernel, useEngine, values } from '../kernels/reference';

useEngine();

beforeEach(async () => {
  await tf.setBackend('tensorflow');
});

const numbers = (x: tf.Tensor) => Array.from(x.dataSync());

describe('record', () => {
  it('gives the values of the step, for other values too, in containers of the same form', () => {
    const step = (x: tf.Tensor, more: { y: tf.Tensor; labels: tf.Tensor }) => ({
      product: tf.matMul(x, more.y),
      rest: [tf.oneHot(more.labels, 5), tf.add(x, 1)] as const,
    });
    const fast = record(step);
    for (const phase of [0, 1, 2]) {
      const given = [values([3, 4], phase), { y: values([4, 2], phase), labels: tf.tensor1d([phase, 4, 0], 'int32') }] as const;
      const [wanted, got] = [step(...given), fast(...given)];
      expect(numbers(got.product)).toEqual(numbers(wanted.product));
      expect(got.rest.map(numbers)).toEqual(wanted.rest.map(numbers));
      expect(got.rest.map(({ dtype, shape }) => [dtype, shape])).toEqual(wanted.rest.map(({ dtype, shape }) => [dtype, shape]));
    }
    fast.dispose();
  });

  it('records gradients, native kernels and what they do with variables', () => {
    const step = (w: tf.Tensor, x: tf.Tensor, slots: { first: tf.Tensor; second: tf.Tensor }, at: tf.Tensor) => {
      const gradient = tf.grad((v) => tf.sum(tf.square(tf.prelu(tf.mul(v, x), tf.scalar(0.1)))))(w);
      const [moved, first, second] = runKernel('AdamUpdate', { parameters: w, gradient, ...slots, learningRate: tf.scalar(0.1), step: at }, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
      return { moved: moved as tf.Tensor, slots: { first: first as tf.Tensor, second: second as tf.Tensor } };
    };
    const fast = record(step);
    const start = () => ({ moved: values([7]), slots: { first: tf.zeros([7]), second: tf.zeros([7]) } });
    let [a, b] = [start(), start()];
    for (let at = 1; at <= 5; at++) {
      const x = values([7], at);
      a = step(a.moved, x, a.slots, tf.scalar(at));
      b = fast(b.moved, x, b.slots, tf.scalar(at));
    }
    expectClose(b.moved, numbers(a.moved));
    expectClose(b.slots.second, numbers(a.slots.second));
    fast.dispose();
  });

  it('hands an input through as a tensor of its own', () => {
    const fast = record((x: tf.Tensor) => [tf.clone(x), tf.scalar(3)]);
    const x = values([2]);
    const [copy, three] = fast(x) as [tf.Tensor, tf.Tensor];
    x.dispose();
    expect(copy.shape).toEqual([2]);
    expect(numbers(three)).toEqual([3]);
  });

  it('records again when a shape changes', () => {
    let calls = 0;
    const fast = record((x: tf.Tensor) => (calls++, tf.mean(x)));
    expectClose(fast(tf.tensor1d([1, 2, 3])), [2]);
    expectClose(fast(tf.tensor1d([4, 6])), [5]);
    expectClose(fast(tf.tensor1d([7, 8, 9])), [8]);
    expect(calls).toBe(4); // twice for each shape
  });

  it('takes declared constants into the graph', () => {
    const scale = tf.tensor1d([1, 10]);
    const fast = record((x: tf.Tensor) => tf.mul(x, scale), { constants: [scale] });
    expectClose(fast(tf.tensor1d([2, 3])), [2, 30]);
  });

  it('leaves nothing behind but its results, in 1,000 calls', () => {
    const fast = record((x: tf.Tensor) => [tf.exp(tf.mul(x, 2)), tf.sum(x)]);
    const x = values([4]);
    tf.dispose(fast(x));
    expectTensorsLeft(0, () => {
      for (let call = 0; call < 1000; call++) tf.dispose(fast(x));
    });
  });

  it('leaves nothing behind and restores the backend when a step is refused', () => {
    const x = values([4]);
    const { binding } = tf.backend() as unknown as { binding: object };
    expectTensorsLeft(0, () => expect(() => record((y: tf.Tensor) => tf.scalar(tf.sum(y).dataSync()[0] as number))(x)).toThrow('reads the values'));
    expect((tf.backend() as unknown as { binding: object }).binding).toBe(binding);
    expectClose(tf.sum(x), [numbers(x).reduce((a, b) => a + b)]);
  });
});

describe('record refuses, and says where', () => {
  const x = () => values([4]);
  const here = /\(packages\/engine\/test\/recording\/record\.test\.ts:\d+\)/;
  const refusal = (step: (x: tf.Tensor) => tf.Tensor): string => {
    try {
      record(step)(x());
    } catch (error) {
      return (error as Error).message;
    }
    return 'not refused';
  };

  it('a step that reads a value', () => {
    const said = refusal((y) => tf.mul(y, tf.max(y).dataSync()[0] as number));
    expect(said).toMatch(here);
    expect(said.replace(here, '()')).toBe('record: the step reads the values of a tensor (); a recorded step cannot depend on values');
  });

  it('a constant that is another one each time', () => {
    let count = 0;
    const said = refusal((y) => tf.mul(y, tf.scalar(++count)));
    expect(said).toMatch(here);
    expect(said.replace(here, '()')).toBe("record: input 1 of op 0, 'Mul' (), is a constant that differs from trace to trace: it was made from values, or drawn; feed it in");
  });

  it('dropout of the host', () => {
    // eslint-disable-next-line no-restricted-properties -- what is refused
    expect(refusal((y) => tf.dropout(y, 0.5))).toContain('is a constant that differs from trace to trace');
  });

  it('a branch', () => {
    let count = 0;
    const said = refusal((y) => (count++ === 0 ? tf.exp(y) : tf.cos(y)));
    expect(said.replaceAll(new RegExp(here, 'g'), '()')).toBe("record: with other values op 0 is 'Cos' () in place of 'Exp' (); a step must not branch on values");
  });

  it('a tensor from outside, used before or not', () => {
    const [fresh, used] = [tf.scalar(2), tf.scalar(3)];
    tf.square(used).dispose();
    for (const [tensor, shape] of [[fresh, ' []'], [used, '']] as const) {
      const said = refusal((y) => tf.mul(y, tensor));
      expect(said).toMatch(here);
      expect(said).toContain(`uses a tensor${shape} from outside of the step; make it an input, or declare it among the constants`);
    }
  });

  it('an op that draws', () => {
    const backend = tf.backend() as unknown as { executeSingleOutput: (op: string, attributes: object[], inputs: tf.Tensor[]) => tf.Tensor; binding: Record<string, number> };
    const said = refusal(() =>
      tf.tidy(() => {
        const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = backend.binding;
        const types = [{ name: 'dtype', type: TF_ATTR_TYPE, value: TF_FLOAT }, { name: 'T', type: TF_ATTR_TYPE, value: TF_INT32 }];
        return backend.executeSingleOutput('RandomUniform', types, [tf.tensor1d([4], 'int32')]);
      }),
    );
    expect(said.replace(here, '()')).toBe("record: op 'RandomUniform' () draws random numbers by itself; draw from a stream of the run and feed them in");
  });

  it('another backend', async () => {
    await tf.setBackend('cpu');
    expect(refusal((y) => tf.exp(y))).toBe("record: needs the backend 'tensorflow', got 'cpu'; start it with startEngine");
  });
});
