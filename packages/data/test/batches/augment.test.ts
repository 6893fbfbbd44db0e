import { describe, expect, it } from '@jest/globals';
import { randomStream } from '@hypersphere/engine';
import { augment } from '../../src/batches/augment';
import type { AugmentationOptions } from '../../src/batches/augmentation-options';

const shape = { height: 5, width: 7, channels: 2 };
const size = 5 * 7 * 2;
const images = Float32Array.from({ length: 40 * size }, (_, at) => 1 + (at % size));
const apply = (options: AugmentationOptions, step = 0) => augment(images, shape, options, randomStream(3, 'augmentation', step));
const imageAt = (batch: Float32Array, at: number) => batch.subarray(at * size, (at + 1) * size);

/** Moves an image the slow way: pixel by pixel. */
function moved(image: Float32Array, down: number, right: number, padding: number): Float32Array {
  return Float32Array.from({ length: size }, (_, at) => {
    const [y, x, c] = [Math.floor(at / 14), Math.floor((at % 14) / 2), at % 2];
    const [fromY, fromX] = [y - down, x - right];
    return fromY < 0 || fromY >= 5 || fromX < 0 || fromX >= 7 ? padding : (image[fromY * 14 + fromX * 2 + c] ?? NaN);
  });
}

describe('augment', () => {
  it('does nothing by default', () => {
    expect(apply({})).toEqual(images);
  });

  it('shifts by whole pixels within the range, every shift being met, and pads', () => {
    const result = apply({ shiftPixels: 1, padding: -9 });
    const met = new Set<string>();
    for (let at = 0; at < 40; at++) {
      const shifts = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ down, right })));
      const found = shifts.filter(({ down, right }) => moved(imageAt(images, at), down, right, -9).every((value, pixel) => value === imageAt(result, at)[pixel]));
      expect(found).toHaveLength(1);
      met.add(JSON.stringify(found[0]));
    }
    expect(met.size).toBe(9);
  });

  it('mirrors about half of the images left to right, and moves them afterwards', () => {
    const swap = (image: Float32Array) => Float32Array.from({ length: size }, (_, at) => image[at - (at % 14) + 2 * (6 - Math.floor((at % 14) / 2)) + (at % 2)] ?? NaN);
    const result = apply({ mirror: true });
    const flipped = Array.from({ length: 40 }, (_, at) => {
      const [image, plain] = [imageAt(result, at), imageAt(images, at)];
      expect([plain, swap(plain)]).toContainEqual(image);
      return image[0] !== plain[0];
    });
    expect(flipped.filter(Boolean).length).toBeGreaterThan(10);
    expect(flipped.filter(Boolean).length).toBeLessThan(30);
    const stream = randomStream(3, 'augmentation', 0);
    const shifted = augment(images.subarray(0, size), shape, { mirror: true, shiftPixels: 1, padding: -9 }, stream);
    const again = randomStream(3, 'augmentation', 0);
    const source = again.uniform() < 0.5 ? swap(imageAt(images, 0)) : imageAt(images, 0);
    expect(shifted).toEqual(moved(source, again.integer(3) - 1, again.integer(3) - 1, -9));
  });

  it('draws the same without mirroring as before there was any', () => {
    const options = { shiftPixels: 2, eraseShare: 0.3, noise: 0.1 };
    expect(apply({ ...options, mirror: false })).toEqual(apply(options));
    const stream = randomStream(3, 'augmentation', 0);
    expect(imageAt(apply({ shiftPixels: 1, padding: -9 }), 0)).toEqual(moved(imageAt(images, 0), stream.integer(3) - 1, stream.integer(3) - 1, -9));
  });

  it('pads with black by default', () => {
    const padding = Math.fround(-127.5 / 128);
    expect(apply({ shiftPixels: 2 }).includes(padding)).toBe(true);
  });

  it('erases one square of the asked side', () => {
    const result = apply({ eraseShare: 0.4, eraseProbability: 1, padding: 0 });
    for (let at = 0; at < 40; at++) {
      const erased = [...imageAt(result, at)].flatMap((value, pixel) => (value === 0 ? [pixel] : []));
      const rows = new Set(erased.map((pixel) => Math.floor(pixel / 14)));
      const columns = new Set(erased.map((pixel) => Math.floor((pixel % 14) / 2)));
      expect([erased.length, rows.size, columns.size]).toEqual([8, 2, 2]);
    }
  });

  it('adds noise of the asked deviation', () => {
    const result = apply({ noise: 0.5 });
    const difference = [...result].map((value, at) => value - (images[at] ?? 0));
    const variance = difference.reduce((sum, value) => sum + value * value, 0) / difference.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.47);
    expect(Math.sqrt(variance)).toBeLessThan(0.53);
  });

  it('is a function of the stream and leaves its input alone', () => {
    const before = images.slice();
    const options = { shiftPixels: 2, eraseShare: 0.3, noise: 0.1 };
    expect(apply(options, 1)).toEqual(apply(options, 1));
    expect(apply(options, 2)).not.toEqual(apply(options, 1));
    expect(images).toEqual(before);
  });

  it('refuses a mirror that is neither true nor false', () => {
    expect(() => apply({ mirror: 'yes' as unknown as boolean })).toThrow(new TypeError('augment: mirror must be true or false, got "yes"'));
  });

  it.each([
    [{ shiftPixels: 5 }, 'augment: shiftPixels must be from 0 to 4, got 5'],
    [{ shiftPixels: 0.5 }, 'augment: shiftPixels must be whole, got 0.5'],
    [{ eraseShare: 2 }, 'augment: eraseShare must be from 0 to 1, got 2'],
    [{ noise: -1 }, 'augment: noise must be from 0 to Infinity, got -1'],
  ])('refuses %j', (options, message) => {
    expect(() => apply(options)).toThrow(new RangeError(message));
  });
});
