/** Grey or colour images with their classes: n images of h by w pixels and `channels` values each. */
export interface ImageSet {
  /** uint8 `[n, h, w, channels]`, row by row. */
  readonly images: Uint8Array;
  /** int32 `[n]`, 0 to classes - 1. */
  readonly labels: Int32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
  /** int32 `[n]`: the nuisance an image shares with others of other classes (typeface, family). */
  readonly groups?: Int32Array;
  /** uint8 `[n]`: 1 where label noise was put in, 0 where the label is true. */
  readonly noisy?: Uint8Array;
  /** What each class is: a syllable, a face, a digit. */
  readonly classNames?: readonly string[];
  /** What each group is. */
  readonly groupNames?: readonly string[];
}

/** The sets of one data config; classes of one set are in no other, except where the official split says so (MNIST, CIFAR-10). */
export interface LoadedData {
  readonly train: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  readonly distractors?: ImageSet;
  /** SHA-256 of the packed images: may differ between platforms, where the manifest's digest does not. */
  readonly packedDigest: string;
}

export const pixelsOf = (set: Pick<ImageSet, 'height' | 'width' | 'channels'>): number => set.height * set.width * set.channels;

/** The images at `indices` in that order, as a set of its own with the same classes. */
export function takeImages(set: ImageSet, indices: ArrayLike<number>): ImageSet {
  const size = pixelsOf(set);
  const images = new Uint8Array(indices.length * size);
  const from = Int32Array.from(indices);
  from.forEach((index, at) => images.set(set.images.subarray(index * size, (index + 1) * size), at * size));
  return {
    ...set,
    images,
    labels: from.map((index) => set.labels[index] ?? 0),
    ...(set.groups && { groups: from.map((index) => set.groups?.[index] ?? 0) }),
    ...(set.noisy && { noisy: Uint8Array.from(from, (index) => set.noisy?.[index] ?? 0) }),
  };
}
