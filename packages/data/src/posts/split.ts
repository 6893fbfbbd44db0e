import type { ConfigOf } from '../config';
import { type TextSet, takeTexts } from '../text-set';

type Config = Pick<ConfigOf<'posts'>, 'validationShare'>;

/**
 * Older threads train and are the gallery, newer ones test; between them a slice of time is for validation. A thread lies in time where
 * its first post does, and is on one side as a whole. As many posts are older than the slice as newer.
 *
 * @param posts in the order of time
 */
export function splitPosts(posts: TextSet, { validationShare }: Config): Readonly<Record<'train' | 'validation' | 'test', TextSet>> {
  const sizes = new Map<number, number>();
  for (const thread of posts.threads) sizes.set(thread, (sizes.get(thread) ?? 0) + 1);
  const [first, second] = [(1 - validationShare) / 2, (1 + validationShare) / 2].map((share) => share * posts.texts.length) as [number, number];
  const sides = new Map<number, 'train' | 'validation' | 'test'>();
  let before = 0;
  for (const [thread, size] of sizes) {
    // the middle of the thread decides, so that a long one does not push all later ones over
    const middle = before + size / 2;
    sides.set(thread, middle < first ? 'train' : middle < second ? 'validation' : 'test');
    before += size;
  }
  const of = (side: string) => takeTexts(posts, [...posts.threads.keys()].filter((at) => sides.get(posts.threads[at] ?? 0) === side));
  return { train: of('train'), validation: of('validation'), test: of('test') };
}
