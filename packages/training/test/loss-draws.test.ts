import { expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { lossDraws } from '../src/loss-draws';

const specs = { uniforms: { shape: [40, 50], distribution: 'uniform' }, noise: { shape: [40, 50], distribution: 'normal' } } as const;
const valuesOf = (seed: number, step: number, name: keyof typeof specs) =>
  tf.tidy(() => Array.from((lossDraws(specs, seed, step)[name] as tf.Tensor).dataSync()));

it('draws by seed, step and name alone', () => {
  const first = valuesOf(1, 7, 'uniforms');
  expect(valuesOf(1, 7, 'uniforms')).toEqual(first);
  expect(valuesOf(1, 8, 'uniforms')).not.toEqual(first);
  expect(valuesOf(2, 7, 'uniforms')).not.toEqual(first);
});

it('has the shape and the distribution that a loss declares', () => {
  tf.tidy(() => expect(lossDraws(specs, 1, 0).uniforms?.shape).toEqual([40, 50]));
  const uniforms = valuesOf(1, 0, 'uniforms');
  expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniforms)).toBeLessThanOrEqual(1);
  const { mean, variance } = tf.tidy(() => {
    const moments = tf.moments(tf.tensor1d(valuesOf(1, 0, 'noise')));
    return { mean: moments.mean.dataSync()[0], variance: moments.variance.dataSync()[0] };
  });
  expect(mean).toBeCloseTo(0, 1);
  expect(variance).toBeCloseTo(1, 0);
});
