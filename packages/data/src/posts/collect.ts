import { createHash, randomBytes } from 'node:crypto';
import type { ConfigOf } from '../config';
import type { TextSet } from '../text-set';
import { cleanText } from './clean-text';
import type { Message } from './read-message';
import { threadsOf } from './threads';

type Config = Pick<ConfigOf<'posts'>, 'leastPosts' | 'leastCharacters'>;

export interface Collected {
  readonly posts: TextSet;
  /** What was left out, for the log. */
  readonly counts: Readonly<Record<'messages' | 'automatic' | 'short' | 'repeated' | 'posts' | 'authors', number>>;
}

/**
 * Posts of authors with enough of them, in the order of time. Left out are messages of programs, what is too short once it is
 * cleaned, and what was sent twice.
 *
 * Authors are told apart by a hash of the address with a salt that is drawn anew and forgotten; what remains are numbers in the order of
 * first posts.
 */
export function collectPosts(messages: readonly Message[], { leastPosts, leastCharacters }: Config): Collected {
  const written = messages.filter(({ automatic }) => !automatic);
  const cleaned = written.map((message) => ({ ...message, text: cleanText(message) })).sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const long = cleaned.filter(({ text }) => text.length >= leastCharacters);
  const seen = new Set<string>();
  const once = long.filter(({ address, text }) => {
    const key = `${address}\n${text.replace(/\W+/g, ' ').toLowerCase()}`;
    return !seen.has(key) && seen.add(key);
  });
  const salt = randomBytes(16);
  const hashes = once.map(({ address }) => createHash('sha256').update(salt).update(address).digest('hex'));
  const sizes = new Map<string, number>();
  for (const hash of hashes) sizes.set(hash, (sizes.get(hash) ?? 0) + 1);
  const kept = once.flatMap((message, at) => ((sizes.get(hashes[at] ?? '') ?? 0) >= leastPosts ? [{ ...message, author: hashes[at] ?? '' }] : []));
  const authors = numbered(kept.map(({ author }) => author));
  const forums = numbered(kept.map(({ forum }) => forum));
  return {
    posts: {
      texts: kept.map(({ text }) => text),
      labels: authors.numbers,
      times: Float64Array.from(kept, ({ time }) => time),
      weekdays: Int32Array.from(kept, ({ weekday }) => weekday),
      forums: forums.numbers,
      threads: threadsOf(kept),
      classes: authors.names.length,
      forumNames: forums.names,
    },
    counts: {
      messages: messages.length, automatic: messages.length - written.length, short: cleaned.length - long.length,
      repeated: long.length - once.length, posts: kept.length, authors: authors.names.length,
    },
  };
}

function numbered(keys: readonly string[]): { numbers: Int32Array; names: string[] } {
  const names = [...new Set(keys)];
  const places = new Map(names.map((name, at) => [name, at]));
  return { numbers: Int32Array.from(keys, (key) => places.get(key) ?? 0), names };
}
