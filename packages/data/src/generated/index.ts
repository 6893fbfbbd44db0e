import { randomStream, type RandomStream } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { DataSource, MadeSets } from '../data-source';
import type { ImageSet } from '../image-set';

type Config = ConfigOf<'generated'>;

export const generated: DataSource<'generated'> = {
  title: 'Smooth random patterns with shift and noise',
  standsFor: 'nothing: made in memory for tests and the smoke profile',
  licences: 'none needed',
  source: 'made in memory from a seed',
  packages: () => [],
  renderedBytes: () => 0,
  rule: () => ({ split: 'generated 1: a pattern a class, classes of one part in no other' }),
  make: (config) => Promise.resolve(makeGenerated(config)),
};

/** Makes the sets of a config from its seed. */
export function makeGenerated(config: Config): MadeSets {
  const outsiders = config.labelNoise?.kind === 'open' ? Math.ceil(config.labelNoise.share * config.trainClasses) : 0;
  return {
    train: part(config, 'train', config.trainClasses),
    validation: part(config, 'validation', config.validationClasses),
    test: part(config, 'test', config.testClasses),
    ...(config.distractorClasses > 0 && { distractors: part(config, 'distractors', config.distractorClasses) }),
    ...(outsiders > 0 && { outsiders: part(config, 'outsiders', outsiders) }),
  };
}

/** Image i of class c: its waves moved by up to a pixel and a half, the contrast of group i mod groups, normal noise. */
function part(config: Config, name: string, classes: number): ImageSet {
  const { height, width, channels, imagesPerClass, groups, noise, seed } = config;
  const count = classes * imagesPerClass;
  const images = new Uint8Array(count * height * width * channels);
  const labels = Int32Array.from({ length: count }, (_, at) => Math.floor(at / imagesPerClass));
  const groupOf = Int32Array.from({ length: count }, (_, at) => (at % imagesPerClass) % groups);
  const patterns = Array.from({ length: classes }, (_, at) => waves(randomStream(seed, 'generated-data', name, at, 'pattern'), channels));
  let pixel = 0;
  for (let at = 0; at < count; at++) {
    const stream = randomStream(seed, 'generated-data', name, at, 'image');
    const [dx, dy] = [3 * stream.uniform() - 1.5, 3 * stream.uniform() - 1.5];
    const contrast = 1 - (0.5 * (groupOf[at] ?? 0)) / groups;
    const pattern = patterns[labels[at] ?? 0] ?? (() => 0);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          const value = contrast * pattern((x + dx) / width, (y + dy) / height, c) + noise * stream.normal();
          images[pixel++] = Math.round(Math.min(255, Math.max(0, 127.5 + 110 * value)));
        }
      }
    }
  }
  return {
    images, labels, groups: groupOf, height, width, channels, classes,
    classNames: patterns.map((_, at) => `${name} ${at}`),
    groupNames: Array.from({ length: groups }, (_, at) => `contrast ${at}`),
  };
}

/** A sum of four plane waves a channel, of half a period to two over the image, within [-1, 1]. */
function waves(stream: RandomStream, channels: number): (x: number, y: number, channel: number) => number {
  const terms = Array.from({ length: channels }, () =>
    Array.from({ length: 4 }, () => {
      const [angle, periods, phase] = [2 * Math.PI * stream.uniform(), 0.5 + 1.5 * stream.uniform(), 2 * Math.PI * stream.uniform()];
      return { kx: 2 * Math.PI * periods * Math.cos(angle), ky: 2 * Math.PI * periods * Math.sin(angle), phase };
    }),
  );
  return (x, y, channel) => (terms[channel] ?? []).reduce((sum, { kx, ky, phase }) => sum + Math.sin(kx * x + ky * y + phase) / 4, 0);
}
