import { describe, expect, it } from '@jest/globals';

import { dominantSubCentres, keepWithin, type SubCentreData } from '../../src';

const circle = (degrees: readonly number[], length = 1) =>
  degrees.flatMap((a) => [length * Math.cos((a * Math.PI) / 180), length * Math.sin((a * Math.PI) / 180)]);

/** One class: sub-centres at 10, 95 and 200 degrees get 5, 2 and 1 votes. */
const one: SubCentreData = {
  embeddings: circle([0, 15, 25, -30, 83, 100, 190, -70], 3),
  labels: new Int32Array(8),
  prototypes: circle([10, 95, 200], 0.4),
  dim: 2,
  subCentres: 3,
};

describe('sub-centre cleaning', () => {
  it('finds the sub-centre with most votes', () => {
    expect([...dominantSubCentres(one)]).toEqual([0]);
  });

  it.each([
    [70, [0, 1, 2, 3]],
    [75, [0, 1, 2, 3, 4]],
    [81, [0, 1, 2, 3, 4, 7]],
  ])('keeps what lies within %d degrees of it, whatever sub-centre is nearer', (angle, kept) => {
    expect(keepWithin(one, dominantSubCentres(one), angle)).toEqual(kept);
  });

  it('treats classes apart; the first wins a tie and an empty class', () => {
    const two: SubCentreData = {
      embeddings: circle([200, 95, 100, 10, 200]),
      labels: [0, 1, 1, 2, 2],
      prototypes: circle([10, 200, 10, 95, 10, 200, 0, 90]),
      dim: 2,
      subCentres: 2,
    };
    expect([...dominantSubCentres(two)]).toEqual([1, 1, 0, 0]);
    expect(keepWithin(two, dominantSubCentres(two), 75)).toEqual([0, 1, 2, 3]);
  });
});
