import { buildBackbone } from '@hypersphere/backbones';
import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { batchFeed } from '../src/batch-feed';
import { trainingLength } from '../src/schedules';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

const data = generatedImages();

function feed(schedule: Record<string, unknown> = {}, seed = 1): ReturnType<typeof batchFeed> {
  const config = trainingConfig(schedule);
  const network = buildBackbone({ name: 'iresnet', depth: 18, width: 1, embeddingDim: 50 }, { height: 8, width: 8, channels: 1 });
  return batchFeed({ config, network, annealed: ['lambda'], draws: { uniforms: { shape: [8, 8], distribution: 'uniform' } }, data, length: trainingLength(config.schedule, data.labels.length), seed });
}
const pixels = (make: ReturnType<typeof batchFeed>, step: number): number[] => Array.from(make(step).images.dataSync());

describe('batchFeed', () => {
  it('is a function of seed and step, in any order of asking', () => {
    const [one, two] = [feed({ augmentation: { noise: 0.1 } }), feed({ augmentation: { noise: 0.1 } })];
    const later = pixels(two, 9);
    expect(pixels(one, 0)).toEqual(pixels(two, 0));
    expect(pixels(one, 9)).toEqual(later);
    expect(pixels(feed({ augmentation: { noise: 0.1 } }, 2), 9)).not.toEqual(later);
  });

  it('augments every step by draws of its own', () => {
    const noise = (step: number): number[] => {
      const plain = pixels(feed(), step);
      return pixels(feed({ augmentation: { noise: 0.1 } }), step).map((value, at) => Math.round(1e4 * (value - (plain[at] ?? 0))));
    };
    expect(noise(0)).not.toEqual(noise(1));
    expect(noise(1)).toEqual(noise(1));
  });

  it('shows every image once an epoch, in another order the next', () => {
    const make = feed();
    const epoch = (at: number): number[][] => Array.from({ length: 6 }, (_, step) => pixels(make, 6 * at + step)).flatMap((batch) => split(batch, 64));
    const [first, second] = [epoch(0), epoch(1)];
    expect(new Set(first.map(String)).size).toBe(48);
    expect(first.map(String).sort()).toEqual(second.map(String).sort());
    expect(first).not.toEqual(second);
  });

  it('pairs images with their labels, scaled to (v - 127.5) / 128', () => {
    const { images, labels } = feed()(4);
    const known = new Map(split(Array.from(data.images, (value) => Math.fround((value - 127.5) / 128)), 64).map((image, at) => [String(image), data.labels[at]]));
    expect(split(Array.from(images.dataSync()), 64).map((image) => known.get(String(image)))).toEqual(Array.from(labels.dataSync()));
    expect(labels.dtype).toBe('int32');
  });

  it('draws keep-masks for dropout from the step', () => {
    const mask = (make: ReturnType<typeof batchFeed>, step: number): number[] => Array.from(make(step).dropoutMasks['dropout']?.dataSync() ?? []);
    const drawn = mask(feed(), 3);
    expect(new Set(drawn)).toEqual(new Set([0, 1]));
    const many = Array.from({ length: 10 }, (_, step) => mask(feed(), step)).flat();
    expect(many.filter((kept) => kept === 1).length / many.length).toBeCloseTo(0.6, 1); // 1 - the rate
    expect(mask(feed(), 3)).toEqual(drawn);
    expect(mask(feed(), 4)).not.toEqual(drawn);
    expect(mask(feed({}, 2), 3)).not.toEqual(drawn);
  });

  it('draws what the loss takes from seed and step', () => {
    const drawn = (make: ReturnType<typeof batchFeed>, step: number): number[] => Array.from(make(step).draws['uniforms']?.dataSync() ?? []);
    expect(drawn(feed(), 3)).toHaveLength(64);
    expect(drawn(feed(), 3)).toEqual(drawn(feed(), 3));
    expect(drawn(feed(), 4)).not.toEqual(drawn(feed(), 3));
    expect(drawn(feed({}, 2), 3)).not.toEqual(drawn(feed(), 3));
  });

  it('balances classes where asked to', () => {
    const { labels } = feed({ classBalance: { classesPerBatch: 2, imagesPerClass: 4 } })(0);
    expect(new Set(labels.dataSync()).size).toBe(2);
    expect(() => feed({ classBalance: { classesPerBatch: 2, imagesPerClass: 3 } })(0)).toThrow(
      'schedule.batchSize must be classesPerBatch * imagesPerClass = 6, got 8',
    );
  });

  it('feeds the rate, the count of steps from 1, and lambda', () => {
    const inputs = feed({ annealing: { lambda: { base: 1000, gamma: 0.12, floor: 5 } } })(1);
    expectClose(inputs.step, 2);
    expectClose(inputs.learningRate, 0.05 * (1 + Math.cos(Math.PI / 12)));
    expectClose(inputs.annealed['lambda'] ?? 0, 806.451613);
  });
});

function split(values: readonly number[], size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, at) => values.slice(at * size, (at + 1) * size));
}
