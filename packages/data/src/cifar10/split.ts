import { randomStream } from '@hypersphere/engine';
import type { ConfigOf } from '../config';

export interface CifarSplit {
  /** Indices of official training images. */
  readonly train: Int32Array;
  /** Indices of official training images, none of them in `train`. */
  readonly validation: Int32Array;
  /** Indices of official test images. */
  readonly test: Int32Array;
}

type Config = Pick<ConfigOf<'cifar10'>, 'trainImages' | 'validationImages' | 'testImages' | 'splitSeed'>;

/**
 * Which images serve for what; every part has equally many images of each class, in the official order.
 *
 * The official training images of a class are shuffled by the split seed: training takes the first, validation the last. So a config
 * with more training images keeps those of a smaller one, and all have the same validation images. The run's seed has no part in it.
 *
 * @param config numbers of images, multiples of the number of classes
 * @param labels of the official training and test images
 * @throws RangeError if a class has fewer images than are asked for
 */
export function cifarSplit(config: Config, labels: { readonly train: Int32Array; readonly test: Int32Array }, classes: number): CifarSplit {
  const [trained, held, tested] = [config.trainImages, config.validationImages, config.testImages].map((images) => images / classes) as [number, number, number];
  const development = members(labels.train, classes).map((images, label) => shuffled(images, config.splitSeed, ['train', label]));
  const final = members(labels.test, classes).map((images, label) => shuffled(images, config.splitSeed, ['test', label]));
  atLeast(development, trained + held, 'training');
  atLeast(final, tested, 'test');
  return {
    train: inOrder(development.map((images) => images.slice(0, trained))),
    validation: inOrder(development.map((images) => images.slice(images.length - held))),
    test: inOrder(final.map((images) => images.slice(0, tested))),
  };
}

function members(labels: Int32Array, classes: number): number[][] {
  const found: number[][] = Array.from({ length: classes }, () => []);
  labels.forEach((label, at) => found[label]?.push(at));
  return found;
}

function atLeast(classes: readonly number[][], wanted: number, part: string): void {
  const short = classes.findIndex(({ length }) => length < wanted);
  if (short >= 0) throw new RangeError(`cifar10: class ${short} has ${classes[short]?.length} ${part} images, ${wanted} are asked for`);
}

const shuffled = (images: readonly number[], seed: number, key: readonly (string | number)[]) =>
  randomStream(seed, 'generated-data', 'cifar10', 'split', ...key).shuffle(images);

const inOrder = (parts: readonly (readonly number[])[]) => Int32Array.from(parts.flat()).sort();
