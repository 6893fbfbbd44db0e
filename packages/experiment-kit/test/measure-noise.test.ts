import { expectClose } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

import { noiseMetrics } from '../src/measure-noise';

const circle = (degrees: readonly number[]) => degrees.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]);

/** Two classes with sub-centres at 0 and 120, and at 180 and 300 degrees; the first of each has more images. */
const data = {
  embeddings: circle([10, -20, 82, 130, 110, 72, 180, 170, 104, 290]),
  labels: new Int32Array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1]),
  prototypes: circle([0, 120, 180, 300]),
  dim: 2,
  subCentres: 2,
};
const noisy = Uint8Array.from([0, 1, 1, 1, 1, 0, 0, 0, 0, 1]);

describe('noiseMetrics', () => {
  it('counts the noise nearest the dominant sub-centre of each class, and what each drop angle finds and loses', () => {
    // class 0: nearest 0 degrees are 10 and -20 alone, nearest 120 are 82, 130, 110, 72: the dominant one, with 3 of 4 wrong
    const found = noiseMetrics(data, noisy);
    expectClose(found['noise.dominant']?.value ?? NaN, 3 / 7);
    // from 120: 110, 140, 38, 10, 10, 48 degrees; from 180: 0, 10, 76, 110
    const shares = (kind: 'found' | 'lost') => ([70, 75, 80, 85] as const).map((angle) => found[`noise.${kind}${angle}`]?.value ?? NaN);
    expectClose(shares('found'), [2 / 5, 2 / 5, 2 / 5, 2 / 5]);
    expectClose(shares('lost'), [2 / 5, 2 / 5, 1 / 5, 1 / 5]);
  });

  it('is the share of noise of all images where a class has one centre', () => {
    const one = { ...data, prototypes: circle([0, 180]), subCentres: 1 };
    expectClose(noiseMetrics(one, noisy)['noise.dominant']?.value ?? NaN, 5 / 10);
  });

  it('says nothing where nothing is wrong', () => {
    expect(noiseMetrics(data, new Uint8Array(10))).toEqual({});
  });
});
