import { describe, expect, it } from '@jest/globals';
import { gatherImages, gatherLabels } from '../../src/batches/gather-images';
import { takeImages } from '../../src/image-set';

const set = {
  images: Uint8Array.from([0, 255, 127, 128, 1, 2]), labels: Int32Array.from([4, 5, 6]), groups: Int32Array.from([7, 8, 9]),
  height: 1, width: 2, channels: 1, classes: 7,
};

describe('gatherImages', () => {
  it('is (v - 127.5) / 128, in the order of the indices', () => {
    expect([...gatherImages(set, [1, 0])]).toEqual([-0.00390625, 0.00390625, -0.99609375, 0.99609375]);
    expect([...gatherLabels(set, [2, 0, 2])]).toEqual([6, 4, 6]);
  });

  it('overwrites what it is given', () => {
    const into = new Float32Array(4).fill(9);
    expect(gatherImages(set, [1, 0], into)).toBe(into);
    expect(into).toEqual(gatherImages(set, [1, 0]));
    expect(() => gatherImages(set, [1], into)).toThrow(new RangeError('gatherImages: into must hold 1 x 2 numbers, got 4'));
  });

  it.each([-1, 3, NaN])('refuses index %p', (index) => {
    expect(() => gatherImages(set, [index])).toThrow(new RangeError(`gatherImages: an index must be in 0..2, got ${index}`));
  });
});

describe('takeImages', () => {
  it('takes images, labels and groups alike', () => {
    const taken = takeImages(set, [2, 0]);
    expect([[...taken.images], [...taken.labels], [...(taken.groups ?? [])], taken.classes]).toEqual([[1, 2, 0, 255], [6, 4], [9, 7], 7]);
  });
});
