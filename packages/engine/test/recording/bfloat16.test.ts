import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { inBfloat16 } from '../../src/recording/bfloat16';
import { inFullPrecision, record } from '../../src/recording';
import { loadGraph } from '../../src/recording/saved-model';
import { trace, type Trace } from '../../src/recording/trace';
import { useEngine, values } from '../kernels/reference';

useEngine();

beforeEach(async () => {
  await tf.setBackend('tensorflow');
});

/** bfloat16 keeps 8 binary digits. */
const ROUNDING = 2 ** -8;

const numbers = (x: tf.Tensor) => Array.from(x.dataSync());

/** The largest distance of two tensors as a share of the largest value. */
function distance(a: tf.Tensor, b: tf.Tensor): number {
  return numbers(tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.max(tf.abs(b))))[0] as number;
}

/** The ops of a trace but for its casts, each with the number of casts that its operands come from. */
function castOperands({ ops }: Trace): string[] {
  const isCast = (at: number) => ops[at]?.name === 'Cast';
  return ops.filter(({ name }) => name !== 'Cast').map(({ name, inputs }) => `${name} ${inputs.filter((source) => source.from === 'op' && isCast(source.at)).length}`);
}

it('a product is one of operands rounded to bfloat16, rounded itself', () => {
  const [x, y] = [values([3, 5]), values([5, 4], 1)];
  const rounded = (t: tf.Tensor) => tf.tensor(Float32Array.from(numbers(t), toBfloat16), t.shape);
  const lowered = record((a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b), { precision: 'bfloat16' })(x, y);
  const wanted = numbers(tf.matMul(rounded(x), rounded(y)));
  numbers(lowered).forEach((value, at) => expect(Math.abs(value - (wanted[at] as number))).toBeLessThanOrEqual(ROUNDING * Math.abs(wanted[at] as number)));
  expect(numbers(lowered)).toEqual(numbers(rounded(lowered)));
  expect(lowered.dtype).toBe('float32');
});

it.each([
  ['a convolution', (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2d(x, w, 1, 'same')],
  ['its gradient by its input', (x: tf.Tensor4D, w: tf.Tensor4D) => tf.grad((a) => tf.sum(tf.square(tf.conv2d(a as tf.Tensor4D, w, 1, 'same'))))(x)],
  ['its gradient by its filter', (x: tf.Tensor4D, w: tf.Tensor4D) => tf.grad((b) => tf.sum(tf.square(tf.conv2d(x, b as tf.Tensor4D, 1, 'same'))))(w)],
  ['that of a strided one of 1x1', (x: tf.Tensor4D, w: tf.Tensor4D) => tf.grad((b) => tf.sum(tf.square(tf.conv2d(x, b as tf.Tensor4D, 2, 'valid'))))(tf.slice4d(w, [0, 0, 0, 0], [1, 1, -1, -1]))],
  ['a batch of products', (x: tf.Tensor4D) => tf.matMul(x, x, false, true)],
] as const)('%s in bfloat16 is near the one in float32, and another', (_, step) => {
  const [x, w] = [values([8, 16, 16, 6]) as tf.Tensor4D, values([3, 3, 6, 8], 1) as tf.Tensor4D];
  const lowered = record((a: tf.Tensor, b: tf.Tensor): tf.Tensor => step(a as tf.Tensor4D, b as tf.Tensor4D), { precision: 'bfloat16' })(x, w);
  const apart = distance(lowered, step(x, w));
  expect(apart).toBeLessThan(2 * ROUNDING);
  expect(apart).toBeGreaterThan(ROUNDING / 100);
});

describe.each([
  ['in kernels of its own', true],
  ['in float32 kernels', false],
] as const)('%s', (_, inKernels) => {
  const loss = (x: tf.Tensor, w: tf.Tensor, prototypes: tf.Tensor) => {
    const embedding = tf.tanh(tf.add(tf.matMul(x, w), tf.matMul(x, w)));
    return inFullPrecision(() => tf.sum(tf.exp(tf.matMul(embedding, prototypes))));
  };

  it('casts products alone, an operand once, and leaves what is to be exact, and its gradient, alone', () => {
    const [x, w, prototypes] = [values([3, 5]), values([5, 4], 1), values([4, 2], 2)];
    const traced = inBfloat16(trace(() => [tf.tidy(() => tf.grad((v) => loss(x, v, prototypes))(w))], [w, x, prototypes], []), inKernels);
    // forward: two of the backbone, one of the loss; backward: the loss's by the embedding, then two of the backbone's
    const [lowered, exact] = ['BatchMatMulV2 2', 'BatchMatMulV2 0'];
    expect(castOperands(traced).filter((line) => line.startsWith('BatchMatMul'))).toEqual([lowered, lowered, exact, exact, lowered, lowered]);
    expect(castOperands(traced).filter((line) => /^(Tanh|Exp|Sum) [1-9]/.test(line))).toEqual([]);
    expect(traced.ops.filter(({ name, inputs }) => name === 'Cast' && JSON.stringify(inputs) === '[{"from":"input","at":1}]')).toHaveLength(1);
  });

  it('runs', () => {
    const given = [values([3, 5]), values([5, 4], 1), values([4, 2], 2)] as const;
    const graph = loadGraph(inBfloat16(trace(() => [loss(...given)], given, []), inKernels), given);
    expect(distance(graph.run(given)[0] as tf.Tensor, loss(...given))).toBeLessThan(4 * ROUNDING);
    graph.dispose();
  });
});

it('what is computed in full precision is float32 to the bit', () => {
  const [x, y] = [values([3, 5]), values([5, 4], 1)];
  const step = (a: tf.Tensor, b: tf.Tensor) => tf.grad((v: tf.Tensor) => inFullPrecision(() => tf.sum(tf.square(tf.matMul(v, b)))))(a);
  expect(numbers(record(step, { precision: 'bfloat16' })(x, y))).toEqual(numbers(record(step)(x, y)));
});

/** The nearest number of 8 binary digits, ties to even. */
function toBfloat16(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer);
  const [word = 0] = bits;
  bits[0] = ((word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000) >>> 0;
  return new Float32Array(bits.buffer)[0] as number;
}
