import { describe, expect, it } from '@jest/globals';
import { randomStream } from '@hypersphere/engine';
import { motionBlur } from '../../src/corruptions/blur';
import { corrupt, type CorruptionName, corruptionNames, type Severity } from '../../src/corruptions';
import { poisson } from '../../src/corruptions/poisson';
import { plasma } from '../../src/corruptions/weather';
import golden from '../golden/corruptions.json';

const severities = [1, 2, 3, 4, 5] as const;
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const image = bytes(golden.image);
const shape = { height: 32, width: 32, channels: 3 };
const stream = (key: string | number = 0) => randomStream(9, 'generated-data', 'corruptions', key);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanChange = (a: Uint8Array, b: Uint8Array) => mean(Array.from(a, (value, at) => Math.abs(value - (b[at] ?? 0))));
const most = (a: Uint8Array, b: Uint8Array) => Math.max(...Array.from(a, (value, at) => Math.abs(value - (b[at] ?? 0))));

describe('against a second implementation', () => {
  it.each(golden.cases)('$name at severity $severity', async ({ name, severity, result }) => {
    const got = await corrupt({ ...shape, images: image }, name as CorruptionName, severity as Severity, stream());
    expect(most(got, bytes(result))).toBeLessThanOrEqual(1);
    // both cut off, so a value that is a byte by itself may end one lower after the way through hue, saturation and value
    expect(meanChange(got, bytes(result))).toBeLessThan(name === 'brightness' ? 0.1 : 0.005);
  });

  it.each(golden.motion)('motion blur of radius $radius at $degrees degrees, ImageMagick', ({ radius, sigma, degrees, result }) => {
    const { values } = motionBlur({ side: 32, values: Float64Array.from(image, (value) => value / 255) }, { radius, sigma, degrees });
    expect(most(Uint8Array.from(values, (value) => Math.round(255 * value)), bytes(result))).toBeLessThanOrEqual(1);
  });
});

describe('corrupt', () => {
  const images = new Uint8Array(3 * 3072);
  for (let at = 0; at < 3; at++) images.set(image, at * 3072);

  // the affine part of elastic_transform falls where its displacement rises
  it.each(corruptionNames.filter((name) => name !== 'elastic_transform'))('%s changes more with severity', async (name) => {
    const changes = await Promise.all(severities.map(async (severity) => meanChange(await corrupt({ ...shape, images }, name, severity, stream()), images)));
    // glass_blur has two passes from severity 4; motion_blur is all but the same at 3 and 4; snow's constants fall at the end
    const compared: Partial<Record<CorruptionName, number[]>> = { glass_blur: [1, 3], motion_blur: [0, 1, 2, 4], snow: [0, 2] };
    const steps = (compared[name] ?? [0, 1, 2, 3, 4]).map((at) => changes[at] ?? 0);
    expect(steps.every((change, at) => at === 0 || change > (steps[at - 1] ?? 0))).toBe(true);
    expect(changes[0]).toBeGreaterThan(0.3);
  });

  it('elastic_transform moves, and keeps a flat image flat', async () => {
    const flat = new Uint8Array(3072).fill(77);
    for (const severity of severities) {
      expect(await corrupt({ ...shape, images: flat }, 'elastic_transform', severity, stream(severity))).toEqual(flat);
      expect(meanChange(await corrupt({ ...shape, images }, 'elastic_transform', severity, stream(severity)), images)).toBeGreaterThan(2);
    }
  });

  it('is a function of the stream and leaves its input alone', async () => {
    const before = images.slice();
    const run = (key: number) => corrupt({ ...shape, images }, 'fog', 3, stream(key));
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
    expect(images).toEqual(before);
  });

  it.each([
    ['frost', 1, shape, /^corrupt: name must be one of gaussian_noise, .*, got "frost"$/],
    ['fog', 6, shape, 'corrupt: severity must be 1, 2, 3, 4 or 5, got 6'],
    ['fog', 1, { ...shape, channels: 1 }, 'corrupt: images must be 32 by 32 pixels of 3 channels, as its constants are for, got 32 by 32 of 1'],
  ])('refuses %s at %i', async (name, severity, of, message) => {
    await expect(corrupt({ ...of, images: image }, name as CorruptionName, severity as Severity, stream())).rejects.toThrow(message);
  });
});

describe('noise', () => {
  const grey = new Uint8Array(3072 * 4).fill(128);
  const moments = async (name: CorruptionName) => {
    const values = Array.from(await corrupt({ ...shape, images: grey }, name, 5, stream()), (value) => value / 255);
    return { mean: mean(values), deviation: Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))), values };
  };

  it('has the deviation of its constant', async () => {
    expect((await moments('gaussian_noise')).deviation).toBeCloseTo(0.1, 2);
    // Poisson: sqrt(0.502 / 50)
    expect((await moments('shot_noise')).deviation).toBeCloseTo(0.1, 2);
    const { values } = await moments('impulse_noise');
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.035, 2);
    expect(values.filter((value) => value === 1).length / values.length).toBeCloseTo(0.035, 2);
  });

  it.each([0, 0.5, 4, 9.9, 10, 60, 500])('Poisson of mean %d has this mean and variance', (rate) => {
    const draws = stream(rate);
    const values = Array.from({ length: 20_000 }, () => poisson(rate, draws));
    const average = mean(values);
    const error = Math.sqrt(rate / 20_000);
    expect(Math.abs(average - rate)).toBeLessThanOrEqual(4 * error);
    expect(Math.abs(mean(values.map((value) => (value - average) ** 2)) - rate)).toBeLessThanOrEqual(4 * Math.sqrt((2 * rate * rate + rate) / 20_000));
  });

  it('plasma is smoother where it decays faster, within 0 and 1', () => {
    const rough = (decay: number) => {
      const map = plasma(32, decay, stream());
      expect([Math.min(...map), Math.max(...map)]).toEqual([0, 1]);
      return mean(Array.from({ length: 31 * 32 }, (_, at) => Math.abs((map[at + 32] ?? 0) - (map[at] ?? 0))));
    };
    expect(rough(3)).toBeLessThan(rough(1.5));
  });
});
