import { randomStream, type RandomStream } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { TextSet } from '../text-set';

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'le', 'mo', 'nu', 'pa', 'ri', 'sa', 'te', 'vo', 'zu'] as const;
const POSTS_A_THREAD = 5;
const WORDS_A_POST = 30;
const DAY = 86_400_000;

/** Made-up posts of authors in turn, a thread of five posts a day: half of the words are of all, half are the author's own. They show that texts can be learned from, nothing else. */
export function generatedPosts({ authors, postsPerAuthor, seed }: NonNullable<ConfigOf<'posts'>['generated']>): TextSet {
  const count = authors * postsPerAuthor;
  const common = words(randomStream(seed, 'generated-data', 'posts', 'common'), 40);
  const own = Array.from({ length: authors }, (_, author) => words(randomStream(seed, 'generated-data', 'posts', 'own', author), 12));
  const labels = Int32Array.from({ length: count }, (_, at) => at % authors);
  const days = Int32Array.from({ length: count }, (_, at) => Math.floor(at / POSTS_A_THREAD));
  return {
    texts: Array.from(labels, (author, at) => text(randomStream(seed, 'generated-data', 'posts', 'text', at), common, own[author] ?? [])),
    labels,
    times: Float64Array.from(days, (day, at) => day * DAY + at),
    weekdays: days.map((day) => day % 7),
    forums: new Int32Array(count),
    threads: days,
    classes: authors,
    forumNames: ['generated'],
  };
}

const words = (stream: RandomStream, count: number): string[] =>
  Array.from({ length: count }, () => Array.from({ length: 2 + stream.integer(2) }, () => SYLLABLES[stream.integer(SYLLABLES.length)]).join(''));

function text(stream: RandomStream, common: readonly string[], own: readonly string[]): string {
  const from = (list: readonly string[]) => list[stream.integer(list.length)] ?? '';
  return Array.from({ length: WORDS_A_POST }, () => from(stream.uniform() < 0.5 ? common : own)).join(' ');
}
