import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { angleHistogram } from '../../src/geometry/angle-histogram';
import { angleStatistics } from '../../src/geometry/angle-statistics';
import { angularFisher } from '../../src/geometry/angular-fisher';
import { meanNorm, normAgainstSize } from '../../src/geometry/norms';
import { overlap } from '../../src/geometry/overlap';
import { embedded, prototypes } from '../embedded';
import golden from '../golden/embeddings.json';

beforeAll(() => tf.setBackend('cpu'));
const wanted = golden.geometry;

describe('against NumPy', () => {
  it('angular Fisher score', () => {
    const [raw, unit] = [angularFisher(embedded), angularFisher({ ...embedded, normalise: true })];
    expectClose([raw.within, raw.between, raw.score], [wanted.raw.within, wanted.raw.between, wanted.raw.score]);
    expectClose([unit.within, unit.between, unit.score], [wanted.unit.within, wanted.unit.between, wanted.unit.score]);
  });

  it('angles within and between classes', () => {
    const found = angleStatistics({ ...embedded, prototypes });
    expectClose([found.intra, found.inter, found.prototypeCentre!, found.prototypeInter!],
      [wanted.angles.intra, wanted.angles.inter, wanted.angles.prototypeCentre, wanted.angles.prototypeInter]);
    expect(angleStatistics(embedded)).toEqual({ intra: found.intra, inter: found.inter });
  });

  it('mean norm', () => expectClose(meanNorm(embedded.embeddings, 6), wanted.meanNorm));

  it('angles of pairs', () => {
    const found = angleHistogram(embedded);
    expect(found.genuine).toEqual(golden.angles.genuine);
    expect(found.impostors).toEqual(golden.angles.impostors);
  });
});

it('angular Fisher score of four points', () => {
  const points = { embeddings: Float32Array.of(2, 1, 3, .5, .5, 1.5, -.2, 2), dim: 2, labels: Int32Array.of(0, 0, 1, 1) };
  const { within, between, score } = angularFisher(points);
  expectClose([within, between, score], [0.067626639837, 0.720531160497, 0.093856648463], { rtol: 1e-6 });
  expectClose(angularFisher({ ...points, normalise: true }).score, 0.104148159671, { rtol: 1e-6 });
});

it('takes two classes alone into the histogram', () => {
  const { binDegrees, genuine, impostors } = angleHistogram({
    embeddings: Float32Array.of(1, 0, 1, 1, 0, 1, 0, 1, -1, 0), dim: 2, labels: Int32Array.of(5, 5, 6, 6, 7), classes: [5, 6], binDegrees: 1,
  });
  expect([binDegrees, genuine.length]).toEqual([1, 180]);
  const at = (counts: readonly number[]): string => counts.flatMap((count, bin) => (count > 0 ? [`${bin}:${count}`] : [])).join(' ');
  expect(at(genuine)).toMatch(/^0:1 4[45]:1$/);
  expect(at(impostors)).toMatch(/^4[45]:2 (89|90):2$/);
});

it('correlates norms with class sizes', () => {
  const found = normAgainstSize({ prototypes: Float32Array.of(3, 4, 1, 0, 0, 2, 10, 0), dim: 2, sizes: [30, 10, 20, 40] });
  expectClose(found.spearman, 1);
  expectClose(found.pearson, 150 / Math.sqrt(49 * 500)); // norms 5, 1, 2, 10
});

it('overlap is 1 for equal densities and 0 for disjoint ones', () => {
  expect(overlap([1, 2, 1], [2, 4, 2])).toBe(1);
  expect(overlap([1, 0], [0, 5])).toBe(0);
  expect(overlap([1, 1], [0, 5])).toBe(0.5);
});

it('says what is wrong', () => {
  const one = { embeddings: Float32Array.of(1, 0, 0, 1), dim: 2, labels: Int32Array.of(3, 3) };
  expect(() => angularFisher(one)).toThrow('angularFisher: needs two classes or more, got 1');
  expect(() => angleStatistics(one)).toThrow('angleStatistics: needs two classes or more, got 1');
  expect(() => angleStatistics({ ...embedded, prototypes: Float32Array.of(1, 2, 3, 4, 5, 6) })).toThrow(
    'angleStatistics: prototypes must be [12, 6] to match the classes, got [1, 6]',
  );
  expect(() => normAgainstSize({ prototypes: Float32Array.of(1, 0), dim: 2, sizes: [1, 2] })).toThrow('normAgainstSize: sizes must be [1] to match the embeddings, got [2]');
});
