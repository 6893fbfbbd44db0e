import { describe, expect, it } from '@jest/globals';
import { randomStream } from '@hypersphere/engine';
import { augment, viewLabels } from '../../src/batches/augment';
import type { AugmentationOptions } from '../../src/batches/augmentation-options';
import { augmentations } from '../../src/batches/augmentations';

const shape = { height: 8, width: 8, channels: 3 };
const size = 8 * 8 * 3;
const count = 60;
const images = Float32Array.from({ length: count * size }, (_, at) => (((at * 37) % 256) - 127.5) / 128);
const apply = (options: AugmentationOptions, of = images) => augment(of, shape, options, randomStream(5, 'augmentation', 0));
const imageAt = (batch: Float32Array, at: number) => batch.subarray(at * size, (at + 1) * size);
const isGrey = (image: Float32Array) => Array.from({ length: size / 3 }, (_, at) => Math.abs((image[3 * at] ?? 0) - (image[3 * at + 2] ?? 0))).every((gap) => gap < 1e-5);

describe('views', () => {
  it('come view after view, rows i and i + b of one image, each drawn anew', () => {
    const plain = Float32Array.from({ length: count * size }, (_, at) => Math.floor(at / size));
    const views = apply({ mirror: true, views: 2 }, plain);
    expect(views).toHaveLength(2 * plain.length);
    expect(Array.from({ length: 2 * count }, (_, at) => views[at * size])).toEqual([...Array(count).keys(), ...Array(count).keys()]);
    const two = apply({ ...augmentations.twoViews });
    const same = Array.from({ length: count }, (_, at) => at).filter((at) => imageAt(two, at).every((value, pixel) => value === imageAt(two, count + at)[pixel]));
    expect(same).toEqual([]);
  });

  it('have their labels view after view', () => {
    expect(viewLabels(Int32Array.of(4, 7, 4), { views: 2 })).toEqual(Int32Array.of(4, 7, 4, 4, 7, 4));
    expect(viewLabels(Int32Array.of(4, 7))).toEqual(Int32Array.of(4, 7));
  });

  it('have the first view that one view would be', () => {
    const one = { ...augmentations.twoViews, views: 1 };
    expect(apply(augmentations.twoViews).subarray(0, images.length)).toEqual(apply(one));
  });
});

describe('colours', () => {
  it('are taken from as many images as asked', () => {
    expect(Array.from({ length: count }, (_, at) => isGrey(imageAt(apply({ greyProbability: 1 }), at))).every(Boolean)).toBe(true);
    const some = Array.from({ length: count }, (_, at) => isGrey(imageAt(apply({ greyProbability: 0.3 }), at))).filter(Boolean).length;
    expect(some).toBeGreaterThan(8);
    expect(some).toBeLessThan(30);
  });

  it('are jittered in as many images as asked, and stay in range', () => {
    const result = apply({ colourJitter: { probability: 0.8, brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 } });
    const changed = Array.from({ length: count }, (_, at) => imageAt(result, at).some((value, pixel) => Math.abs(value - (imageAt(images, at)[pixel] ?? 0)) > 1e-3)).filter(Boolean).length;
    expect(changed).toBeGreaterThan(36);
    expect(changed).toBeLessThan(60);
    expect(result.every((value) => Math.abs(value) <= 127.5 / 128 + 1e-6)).toBe(true);
  });

  it('jitter brightness by a factor of both sides', () => {
    const flat = new Float32Array(count * size).fill((100 - 127.5) / 128);
    const values = Array.from({ length: count }, (_, at) => (128 * (imageAt(apply({ colourJitter: { brightness: 0.4 } }, flat), at)[0] ?? 0) + 127.5) / 100);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0.6 - 1e-5);
    expect(Math.min(...values)).toBeLessThan(0.7);
    expect(Math.max(...values)).toBeGreaterThan(1.3);
    expect(Math.max(...values)).toBeLessThanOrEqual(1.4 + 1e-5);
  });
});

describe('refused', () => {
  it.each([
    [{ colorJitter: {} }, "augment: unknown option 'colorJitter'; known: resizedCrop, mirror, shiftPixels, colourJitter, greyProbability, padding, eraseShare, eraseProbability, noise, views"],
    [{ colourJitter: { gamma: 1 } }, "augment: unknown option 'colourJitter.gamma'; known: probability, brightness, contrast, saturation, hue"],
    [{ colourJitter: { hue: 0.6 } }, 'augment: colourJitter.hue must be from 0 to 0.5, got 0.6'],
    [{ resizedCrop: { area: [0.5, 2], aspect: [1, 1] } }, 'augment: resizedCrop.area must be two numbers above 0 and at most 1, the smaller first, got [0.5,2]'],
    [{ views: 0 }, 'augment: views must be from 1 to 16, got 0'],
    [{ views: 1.5 }, 'augment: views must be whole, got 1.5'],
    [{ greyProbability: 2 }, 'augment: greyProbability must be from 0 to 1, got 2'],
  ])('%j', (options, message) => {
    expect(() => apply(options as AugmentationOptions)).toThrow(new RangeError(message));
  });

  it('colours of grey images', () => {
    expect(() => augment(new Float32Array(64), { ...shape, channels: 1 }, augmentations.twoViews, randomStream(1, 'augmentation', 0))).toThrow(
      new RangeError('augment: colourJitter and greyProbability need images of 3 channels, got 1; leave them out'),
    );
  });
});
