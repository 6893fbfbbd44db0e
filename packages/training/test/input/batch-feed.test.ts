import { buildBackbone } from '@hypersphere/backbones';
import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { batchFeed } from '../../src/input/batch-feed';
import { trainingLength } from '../../src/schedules';
import { generatedImages } from '../generated-images';
import { trainingConfig } from '../training-config';

const data = generatedImages();

function feed(schedule: Record<string, unknown> = {}, seed = 1): ReturnType<typeof batchFeed> {
  const config = trainingConfig(schedule);
  const network = buildBackbone({ name: 'iresnet', depth: 18, width: 1, embeddingDim: 50 }, { height: 8, width: 8, channels: 1 });
  return batchFeed({ config, network, annealed: ['lambda'], draws: { uniforms: { shape: [8, 8], distribution: 'uniform' } }, data, length: trainingLength(config.schedule, data.labels.length), seed });
}
const pixels = async (make: ReturnType<typeof batchFeed>, step: number): Promise<number[]> => Array.from((await make(step)).images.dataSync());

describe('batchFeed', () => {
  it('is a function of seed and step, in any order of asking', async () => {
    const [one, two] = [feed({ augmentation: { noise: 0.1 } }), feed({ augmentation: { noise: 0.1 } })];
    const later = await pixels(two, 9);
    expect(await pixels(one, 0)).toEqual(await pixels(two, 0));
    expect(await pixels(one, 9)).toEqual(later);
    expect(await pixels(feed({ augmentation: { noise: 0.1 } }, 2), 9)).not.toEqual(later);
  });

  it('augments every step by draws of its own', async () => {
    const noise = async (step: number): Promise<number[]> => {
      const plain = await pixels(feed(), step);
      return (await pixels(feed({ augmentation: { noise: 0.1 } }), step)).map((value, at) => Math.round(1e4 * (value - (plain[at] ?? 0))));
    };
    expect(await noise(0)).not.toEqual(await noise(1));
    expect(await noise(1)).toEqual(await noise(1));
  });

  it('shows every image once an epoch, in another order the next', async () => {
    const make = feed();
    const epoch = async (at: number): Promise<number[][]> =>
      (await Promise.all(Array.from({ length: 6 }, (_, step) => pixels(make, 6 * at + step)))).flatMap((batch) => split(batch, 64));
    const [first, second] = [await epoch(0), await epoch(1)];
    expect(new Set(first.map(String)).size).toBe(48);
    expect(first.map(String).sort()).toEqual(second.map(String).sort());
    expect(first).not.toEqual(second);
  });

  it('pairs images with their labels, scaled to (v - 127.5) / 128', async () => {
    const { images, labels } = await feed()(4);
    const known = new Map(split(Array.from(data.images, (value) => Math.fround((value - 127.5) / 128)), 64).map((image, at) => [String(image), data.labels[at]]));
    expect(split(Array.from(images.dataSync()), 64).map((image) => known.get(String(image)))).toEqual(Array.from(labels.dataSync()));
    expect(labels.dtype).toBe('int32');
  });

  it('draws keep-masks for dropout from the step', async () => {
    const mask = async (make: ReturnType<typeof batchFeed>, step: number): Promise<number[]> =>
      Array.from((await make(step)).dropoutMasks['dropout']?.dataSync() ?? []);
    const drawn = await mask(feed(), 3);
    expect(new Set(drawn)).toEqual(new Set([0, 1]));
    const many = (await Promise.all(Array.from({ length: 10 }, (_, step) => mask(feed(), step)))).flat();
    expect(many.filter((kept) => kept === 1).length / many.length).toBeCloseTo(0.6, 1); // 1 - the rate
    expect(await mask(feed(), 3)).toEqual(drawn);
    expect(await mask(feed(), 4)).not.toEqual(drawn);
    expect(await mask(feed({}, 2), 3)).not.toEqual(drawn);
  });

  it('draws what the loss takes from seed and step', async () => {
    const drawn = async (make: ReturnType<typeof batchFeed>, step: number): Promise<number[]> => Array.from((await make(step)).draws['uniforms']?.dataSync() ?? []);
    const first = await drawn(feed(), 3);
    expect(first).toHaveLength(64);
    expect(await drawn(feed(), 3)).toEqual(first);
    expect(await drawn(feed(), 4)).not.toEqual(first);
    expect(await drawn(feed({}, 2), 3)).not.toEqual(first);
  });

  it('balances classes where asked to', async () => {
    const { labels } = await feed({ classBalance: { classesPerBatch: 2, imagesPerClass: 4 } })(0);
    expect(new Set(labels.dataSync()).size).toBe(2);
    await expect(feed({ classBalance: { classesPerBatch: 2, imagesPerClass: 3 } })(0)).rejects.toThrow(
      'schedule.batchSize must be classesPerBatch * imagesPerClass = 6, got 8',
    );
  });

  it('feeds the rate, the count of steps from 1, and lambda', async () => {
    const inputs = await feed({ annealing: { lambda: { base: 1000, gamma: 0.12, floor: 5 } } })(1);
    expectClose(inputs.step, 2);
    expectClose(inputs.learningRate, 0.05 * (1 + Math.cos(Math.PI / 12)));
    expectClose(inputs.annealed['lambda'] ?? 0, 806.451613);
  });
});

function split(values: readonly number[], size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, at) => values.slice(at * size, (at + 1) * size));
}
