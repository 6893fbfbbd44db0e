import { describe, expect, it } from '@jest/globals';
import type { ImageSet } from '../../src/image-set';
import { withLabelNoise } from '../../src/train-set/label-noise';

const makeSet = (count: number, first: number): ImageSet => ({
  images: Uint8Array.from({ length: count }, (_, at) => first + (at % 10)),
  labels: Int32Array.from({ length: count }, (_, at) => at % 5),
  groups: Int32Array.from({ length: count }, () => first),
  height: 1, width: 1, channels: 1, classes: 5,
});
const set = makeSet(1000, 0);

describe('withLabelNoise', () => {
  it('closed: exactly the share has another label, and is marked; images stay', () => {
    const result = withLabelNoise(set, { share: 0.2, kind: 'closed', seed: 0 });
    const wrong = [...result.labels].map((label, at) => (label === set.labels[at] ? 0 : 1));
    expect(wrong).toEqual([...(result.noisy ?? [])]);
    expect(wrong.filter(Boolean)).toHaveLength(200);
    expect(result.images).toEqual(set.images);
    expect(set.labels[0]).toBe(0);
  });

  it('closed: each wrong label is as likely', () => {
    const result = withLabelNoise(set, { share: 0.9, kind: 'closed', seed: 0 });
    for (let step = 1; step < 5; step++) {
      const count = [...result.labels].filter((label, at) => (label - (set.labels[at] ?? 0) + 5) % 5 === step).length;
      expect(Math.abs(count - 225)).toBeLessThan(50);
    }
  });

  it('open: the marked images are outsiders, each once, with their group; labels stay', () => {
    const outsiders = makeSet(300, 100);
    const result = withLabelNoise(set, { share: 0.3, kind: 'open', seed: 0 }, outsiders);
    expect(result.labels).toEqual(set.labels);
    result.noisy?.forEach((noisy, at) => {
      expect([(result.images[at] ?? 0) >= 100, result.groups?.[at]]).toEqual([noisy === 1, noisy === 1 ? 100 : 0]);
    });
    const used = [...result.images].filter((image) => image >= 100);
    expect(used.sort()).toEqual([...outsiders.images].sort());
  });

  it('open: refuses too few outsiders', () => {
    expect(() => withLabelNoise(set, { share: 0.3, kind: 'open', seed: 0 }, makeSet(299, 100))).toThrow(
      'withLabelNoise: open-set noise needs 300 images of other classes, got 299; ask for fewer training classes or a smaller share',
    );
  });

  it('is a function of the seed', () => {
    const noisy = (seed: number) => withLabelNoise(set, { share: 0.2, kind: 'closed', seed });
    expect(noisy(1)).toEqual(noisy(1));
    expect(noisy(2).noisy).not.toEqual(noisy(1).noisy);
  });
});
