import { HypersphereError } from '@hypersphere/engine';
import { type AuthorEpisodes, authorEpisodes } from '../batches/author-episodes';
import type { ConfigOf } from '../config';
import { type RowSet, rowInput } from '../example-set';
import { bytePairs } from '../text/byte-pairs';
import { hashedNgrams } from '../text/hashed-ngrams';
import { takeTexts, type TextSet } from '../text-set';

type Config = ConfigOf<'posts'>;
type Part = 'train' | 'validation' | 'test';

/** An example trains by itself; one that searches needs another of its author to find. */
const leastEpisodes = { train: 1, validation: 2, test: 2 } as const satisfies Record<Part, number>;

/**
 * Episodes of L posts as examples: classes are the authors that have any in this part, in the order of their numbers. Of n-grams an
 * episode is the mean of its posts' vectors, scaled to Euclidean length 1; of tokens it is their rows side by side.
 *
 * @throws HypersphereError if fewer than two authors have enough posts
 */
export function episodeSet(texts: TextSet, config: Config, part: Part): RowSet {
  const { episodeLength: length, supportedLength = length } = config;
  const least = leastEpisodes[part];
  const set = ofAuthorsWith(texts, least * supportedLength);
  const episodes = authorEpisodes(set, { length, leastEpisodes: least });
  const authors = [...new Set(episodes.labels)].sort((a, b) => a - b);
  if (authors.length < 2) {
    throw new HypersphereError(`posts: ${authors.length} authors have ${least} episodes of ${supportedLength} posts in the ${part} part, expected at least 2; ask for shorter episodes`, { exitCode: 2 });
  }
  const classOf = new Map(authors.map((author, at) => [author, at]));
  return {
    ...rowsOf(set, episodes, config),
    labels: episodes.labels.map((author) => classOf.get(author) ?? 0),
    classes: authors.length,
    authors: Int32Array.from(authors),
    sources: Array.from(episodes.labels, (_, at) => Int32Array.from(new Set(postsOf(episodes, at).map((post) => set.threads[post] ?? 0)))),
  };
}

function ofAuthorsWith(set: TextSet, posts: number): TextSet {
  const sizes = new Map<number, number>();
  for (const label of set.labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return takeTexts(set, [...set.labels.keys()].filter((at) => (sizes.get(set.labels[at] ?? 0) ?? 0) >= posts));
}

const postsOf = ({ posts, length }: AuthorEpisodes, at: number): number[] => Array.from(posts.subarray(at * length, (at + 1) * length));

function rowsOf(set: TextSet, episodes: AuthorEpisodes, config: Config): Pick<RowSet, 'kind' | 'rows' | 'size'> {
  const { features } = config;
  const size = Object.values(rowInput(config))[0] as number;
  const count = episodes.labels.length;
  const textsOf = (at: number) => postsOf(episodes, at).map((post) => set.texts[post] ?? '');
  const rows = new (features.kind === 'tokens' ? Int32Array : Float32Array)(count * size);
  for (let at = 0; at < count; at++) {
    const texts = textsOf(at);
    if (features.kind === 'ngrams') rows.set(unitMean(texts.map((text) => hashedNgrams(text, features))), at * size);
    else texts.forEach((text, place) => rows.set(bytePairs(text, features), at * size + place * features.tokens));
  }
  return { kind: features.kind === 'ngrams' ? 'features' : 'tokens', rows, size };
}

/** Mean of vectors, scaled to length 1; zeros stay. */
function unitMean(vectors: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = vectors;
  if (others.length === 0) return first;
  const sum = Float64Array.from(first, (value, at) => others.reduce((total, vector) => total + (vector[at] ?? 0), value));
  const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return Float32Array.from(sum, (value) => (norm === 0 ? 0 : value / norm));
}
