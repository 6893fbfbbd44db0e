import { randomStream } from '@hypersphere/engine';
import { type ImageSet, pixelsOf } from '../image-set';

export interface LabelNoise {
  readonly share: number;
  readonly kind: 'closed' | 'open';
  readonly seed: number;
}

/**
 * Makes a share of the images wrong and marks them in `noisy`. Closed-set: the image stays and gets the label of another class,
 * each as likely. Open-set: the label stays and the image is replaced by one of a class that is in no set.
 *
 * @param set a set, left as it is
 * @param outsiders images for open-set noise, at least share * n
 * @throws RangeError if there are too few outsiders or classes
 * @see Deng et al., Sub-center ArcFace (2020), section 4.1, https://www.ecva.net/papers/eccv_2020/papers_ECCV/html/1445_ECCV_2020_paper.php
 */
export function withLabelNoise(set: ImageSet, { share, kind, seed }: LabelNoise, outsiders?: ImageSet): ImageSet {
  const count = set.labels.length;
  const chosen = randomStream(seed, 'generated-data', 'label-noise', 'images').shuffle(indicesOf(count)).slice(0, Math.round(share * count));
  const noisy = new Uint8Array(count);
  for (const index of chosen) noisy[index] = 1;
  return kind === 'closed'
    ? { ...set, labels: wrongLabels(set, chosen, seed), noisy }
    : { ...set, ...replacedImages(set, chosen, seed, outsiders), noisy };
}

function wrongLabels(set: ImageSet, chosen: readonly number[], seed: number): Int32Array {
  if (set.classes < 2) throw new RangeError(`withLabelNoise: closed-set noise needs at least 2 classes, got ${set.classes}`);
  const stream = randomStream(seed, 'generated-data', 'label-noise', 'labels');
  const labels = set.labels.slice();
  for (const index of chosen) labels[index] = ((labels[index] ?? 0) + 1 + stream.integer(set.classes - 1)) % set.classes;
  return labels;
}

function replacedImages(set: ImageSet, chosen: readonly number[], seed: number, outsiders?: ImageSet): Pick<ImageSet, 'images' | 'groups'> {
  const available = outsiders?.labels.length ?? 0;
  if (outsiders === undefined || available < chosen.length) {
    throw new RangeError(`withLabelNoise: open-set noise needs ${chosen.length} images of other classes, got ${available}; ask for fewer training classes or a smaller share`);
  }
  const size = pixelsOf(set);
  const images = set.images.slice();
  const groups = set.groups?.slice();
  const order = randomStream(seed, 'generated-data', 'label-noise', 'outsiders').shuffle(indicesOf(available));
  chosen.forEach((index, at) => {
    const from = order[at] ?? 0;
    images.set(outsiders.images.subarray(from * size, (from + 1) * size), index * size);
    if (groups) groups[index] = outsiders.groups?.[from] ?? 0;
  });
  return { images, ...(groups && { groups }) };
}

const indicesOf = (count: number) => Array.from({ length: count }, (_, at) => at);
