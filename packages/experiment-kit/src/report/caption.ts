import type { ResolvedDataConfig } from '@hypersphere/data';

import type { SeedRun } from './variant-runs';

/** Data, profile and seeds, for the subtitle of a figure and the caption of a table. */
export function caption(runs: readonly SeedRun[], profile: string): string {
  const records = runs.flatMap((run) => (run.record === undefined ? [] : [run.record]));
  const data = [...new Set(records.map(({ config }) => dataWords(config.data as ResolvedDataConfig)))];
  const backbones = [...new Set(records.map(({ config }) => backboneWords(config.backbone)))];
  const seeds = [...new Set(records.map(({ seed }) => seed))].sort((a, b) => a - b);
  const last = seeds.at(-1) ?? 0;
  const range = seeds.length > 2 && last - (seeds[0] ?? 0) === seeds.length - 1 ? `${seeds[0]} to ${last}` : seeds.join(', ');
  return [...data, ...backbones, `profile ${profile}`, `${seeds.length === 1 ? 'seed' : 'seeds'} ${range}`].join('; ');
}

/** What the images are and how the classes were split. */
export function dataWords(data: ResolvedDataConfig): string {
  switch (data.name) {
    case 'hangul':
      return data.protocol === 'unseen-typefaces'
        ? `Hangul, ${data.testClasses} unseen syllables (of seen jamo) in unseen typefaces, ${data.trainClasses} trained`
        : `Hangul, ${data.testClasses} unseen syllables (of seen jamo) in the typefaces of training, ${data.trainClasses} trained`;
    case 'typefaces':
      return `Words in typefaces, ${data.testFamilies} unseen families, ${data.trainFamilies} trained${data.labelNoise === undefined ? '' : `, ${100 * data.labelNoise.share} % label noise (${data.labelNoise.kind}-set)`}`;
    case 'mnist':
      return `MNIST, ${data.trainImages} images trained, ${data.testImages} of the test set`;
    case 'cifar10':
      return `CIFAR-10, ${data.trainImages} images trained, ${data.testImages} of the test set`;
    case 'posts':
      return data.generated === undefined
        ? `Posts of mailing lists, authors with at least ${data.leastPosts}, newer half tested, episodes of ${data.episodeLength}`
        : 'generated posts (no result)';
    case 'folder':
      return `${data.train} trains, ${data.test ?? 'half of its classes'} tests, ${data.height} x ${data.width}`;
    case 'generated':
      return 'generated images (no result)';
  }
}

function backboneWords(backbone: object): string {
  const { name, width, depth, embeddingDim } = backbone as { name: string; width?: number; depth?: number; embeddingDim?: number };
  return [name, ...(depth === undefined ? [] : [`${depth} layers`]), ...(width === undefined ? [] : [`width ${width}`]), ...(embeddingDim === undefined ? [] : [`d = ${embeddingDim}`])].join(' ');
}
