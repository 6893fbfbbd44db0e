import { randomStream, type RandomStream } from '@hypersphere/engine';

export interface ClassBalance {
  /** P: different classes a batch. */
  readonly classesPerBatch: number;
  /** K: images of each, different ones if the class has as many. */
  readonly imagesPerClass: number;
}

/**
 * The P x K batches of one pass: every class that can be is drawn equally often, in random order; a batch has P different classes and
 * K images of each, class by class. Images of a class come in random order without repetition until all were drawn, within the epoch.
 *
 * @param labels int32 `[n]`
 * @param balance P and K
 * @param seed of the run
 * @param epoch from 0
 * @returns floor(n / (P K)), at least 1, arrays of P K indices
 * @throws RangeError if there are fewer than P classes
 * @see Hermans, Beyer, Leibe, In Defense of the Triplet Loss (2017), section 2, https://arxiv.org/abs/1703.07737
 */
export function classBalancedEpoch(labels: Int32Array, { classesPerBatch, imagesPerClass }: ClassBalance, seed: number, epoch: number): Int32Array[] {
  const members = new Map<number, number[]>();
  labels.forEach((label, at) => members.set(label, [...(members.get(label) ?? []), at]));
  if (classesPerBatch > members.size) {
    throw new RangeError(`classBalancedEpoch: classesPerBatch must be at most ${members.size} (the number of classes), got ${classesPerBatch}`);
  }
  const stream = randomStream(seed, 'batch-order', 'class-balanced', epoch);
  const nextClass = dealer([...members.keys()], stream);
  const nextImage = new Map([...members].map(([label, images]) => [label, dealer(images, stream)]));
  const batches = Math.max(1, Math.floor(labels.length / (classesPerBatch * imagesPerClass)));
  return Array.from({ length: batches }, () =>
    Int32Array.from(nextClass(classesPerBatch).flatMap((label) => nextImage.get(label)?.(imagesPerClass) ?? [])),
  );
}

/** Deals items like cards: no item twice until the pile is used up, then a new shuffle; within one hand none twice if possible. */
function dealer<T>(items: readonly T[], stream: RandomStream): (count: number) => T[] {
  let pile: T[] = [];
  return (count) => {
    const hand: T[] = [];
    while (hand.length < count) {
      if (pile.length === 0) {
        // what is in the hand already goes to the end of the new pile
        const fresh = stream.shuffle(items);
        pile = [...fresh.filter((item) => !hand.includes(item)), ...fresh.filter((item) => hand.includes(item))];
      }
      hand.push(...pile.splice(0, Math.min(pile.length, count - hand.length)));
    }
    return hand;
  };
}
