import { randomStream } from '@hypersphere/engine';
import { type ImageSet, takeImages } from '../image-set';

/**
 * Number of images of each rank of a long-tailed set:
 *
 *     n_r = max(smallest, round(n * ratio^(-r / (c - 1)))),  r = 0 .. c-1
 *
 * @param images n, what the largest class has
 * @param classes c
 * @param ratio largest class over smallest, at least 1
 * @see Cui et al., Class-Balanced Loss Based on Effective Number of Samples (2019), section 5.1, https://arxiv.org/abs/1901.05555
 */
export function longTailSizes(images: number, classes: number, { ratio, smallest }: { readonly ratio: number; readonly smallest: number }): number[] {
  return Array.from({ length: classes }, (_, rank) =>
    Math.min(images, Math.max(smallest, Math.round(images * ratio ** (-rank / Math.max(1, classes - 1))))),
  );
}

/**
 * Keeps the first images of each class, fewer and fewer; which class has how many is a shuffle with a fixed seed.
 *
 * @returns a set with the same classes
 */
export function longTailed(set: ImageSet, options: { readonly ratio: number; readonly smallest: number }, seed: number): ImageSet {
  const members = membersOf(set);
  const order = randomStream(seed, 'generated-data', 'long-tail', 'classes').shuffle(members.map((_, label) => label));
  const sizes = longTailSizes(Math.max(...members.map(({ length }) => length)), set.classes, options);
  const kept = order.flatMap((label, rank) => {
    const images = randomStream(seed, 'generated-data', 'long-tail', label).shuffle(members[label] ?? []);
    return images.slice(0, sizes[rank]);
  });
  return takeImages(set, kept.sort((a, b) => a - b));
}

function membersOf(set: ImageSet): number[][] {
  const members: number[][] = Array.from({ length: set.classes }, () => []);
  set.labels.forEach((label, at) => members[label]?.push(at));
  return members;
}
