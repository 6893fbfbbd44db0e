import { describe, expect, it } from '@jest/globals';
import { randomStream } from '@hypersphere/engine';
import * as colour from '../../src/batches/colour';
import { drawCropBox, resizeCrop } from '../../src/batches/resized-crop';
import golden from '../golden/augmentation.json';

const close = (got: Float32Array, expected: readonly number[], most = 1e-6) =>
  expect(Math.max(...expected.map((value, at) => Math.abs(value - (got[at] ?? NaN))))).toBeLessThan(most);

describe('against torchvision', () => {
  it.each(golden.crops)('resizes the part $box', ({ box, result }) => {
    const to = new Float32Array(golden.image.length);
    resizeCrop(Float32Array.from(golden.image), to, golden.shape, box);
    close(to, result);
  });

  // torchvision takes 0.2989 for red where BT.601 has 0.299: a difference of at most 1e-4, and 0.4e-4 for factors of 0.6 and 1.4
  it.each(golden.changes)('$change by $factor', ({ change, factor, result }) => {
    const image = Float32Array.from(golden.image);
    colour[change as keyof typeof colour](image, factor);
    close(image, result, change === 'changeContrast' || change === 'changeSaturation' ? 1.01e-4 : 1e-6);
  });
});

describe('drawCropBox', () => {
  const boxes = (height: number, width: number, options: Parameters<typeof drawCropBox>[1]) => {
    const stream = randomStream(1, 'augmentation', 0);
    return Array.from({ length: 3000 }, () => drawCropBox({ height, width }, options, stream));
  };

  it('keeps shares of the area and aspects within the range, evenly, anywhere in the image', () => {
    const all = boxes(64, 64, { area: [0.2, 1], aspect: [3 / 4, 4 / 3] });
    const shares = all.map(({ height, width }) => (height * width) / 4096);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.min(...shares)).toBeGreaterThan(0.19);
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    // RandomResizedCrop.get_params of torchvision, 40,000 draws on 64 by 64: 0.544; large parts of another aspect do not fit
    expect(mean(shares)).toBeCloseTo(0.544, 1.7);
    expect(all.every(({ height, width }) => width / height > 0.72 && width / height < 1.38)).toBe(true);
    expect(mean(all.map(({ height, width }) => Math.log(width / height)))).toBeCloseTo(0, 1.5);
    expect(all.every(({ top, left, height, width }) => top >= 0 && left >= 0 && top + height <= 64 && left + width <= 64)).toBe(true);
    expect(new Set(all.map(({ top }) => top)).size).toBeGreaterThan(20);
  });

  it('takes the largest centred part when nothing fits', () => {
    expect(boxes(10, 100, { area: [0.9, 1], aspect: [1, 1] })[0]).toEqual({ top: 0, left: 45, height: 10, width: 10 });
    expect(boxes(100, 10, { area: [0.9, 1], aspect: [1, 2] })[0]).toEqual({ top: 45, left: 0, height: 10, width: 10 });
    expect(boxes(30, 30, { area: [1, 1], aspect: [1, 1] })[0]).toEqual({ top: 0, left: 0, height: 30, width: 30 });
  });
});
