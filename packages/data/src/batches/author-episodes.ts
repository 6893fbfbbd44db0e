import type { TextSet } from '../text-set';

export interface AuthorEpisodes {
  /** int32 `[n, length]`: posts of each episode, in the order of time. */
  readonly posts: Int32Array;
  /** int32 `[n]`: the author. Batches of episodes are drawn from it by `shuffledEpoch` or `classBalancedEpoch`. */
  readonly labels: Int32Array;
  readonly length: number;
}

export interface EpisodeOptions {
  /** L: posts of an episode. */
  readonly length: number;
  /** Authors with fewer episodes are left out; 2 for a test, where each episode needs another one to find. */
  readonly leastEpisodes?: number;
}

/**
 * Cuts the posts of each author, in the order of time, into runs of L: episodes that share no post. What does not fill a last one is left out.
 *
 * @throws RangeError if a number is not whole and at least 1
 * @see Andrews and Bishop, Learning Invariant Representations of Social Media Users (2019), https://arxiv.org/abs/1910.04979;
 *   episodes as in https://github.com/pranavmaneriker/SYSML
 */
export function authorEpisodes({ labels, times }: Pick<TextSet, 'labels' | 'times'>, { length, leastEpisodes = 1 }: EpisodeOptions): AuthorEpisodes {
  for (const [name, value] of Object.entries({ length, leastEpisodes })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`authorEpisodes: ${name} must be a whole number of at least 1, got ${value}`);
  }
  const members = new Map<number, number[]>();
  labels.forEach((label, at) => members.set(label, [...(members.get(label) ?? []), at]));
  const authors = [...members].sort(([a], [b]) => a - b);
  const episodes = authors.flatMap(([label, posts]) => {
    const ordered = posts.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    const count = Math.floor(ordered.length / length);
    return count < leastEpisodes ? [] : Array.from({ length: count }, (_, at) => ({ label, posts: ordered.slice(at * length, (at + 1) * length) }));
  });
  return { posts: Int32Array.from(episodes.flatMap(({ posts }) => posts)), labels: Int32Array.from(episodes, ({ label }) => label), length };
}

export interface EpisodeFeatures {
  /** `[b length]` */
  readonly texts: readonly string[];
  /** int32 `[b, length]`: Monday 0 to Sunday 6. */
  readonly weekdays: Int32Array;
  /** int32 `[b, length]` */
  readonly forums: Int32Array;
  /** int32 `[b]` */
  readonly labels: Int32Array;
}

/**
 * What a network is fed of some episodes: texts, weekdays and forums of their posts, episode by episode, and their authors.
 *
 * @param set that the episodes were cut from
 * @param indices which episodes, b of them
 * @throws RangeError if an index is of no episode
 */
export function episodeFeatures(set: TextSet, { posts, labels, length }: AuthorEpisodes, indices: ArrayLike<number>): EpisodeFeatures {
  const chosen = Array.from(indices);
  const wrong = chosen.find((index) => !(index >= 0 && index < labels.length));
  if (wrong !== undefined) throw new RangeError(`episodeFeatures: an index must be in 0..${labels.length - 1}, got ${wrong}`);
  const members = chosen.flatMap((index) => Array.from(posts.subarray(index * length, (index + 1) * length)));
  return {
    texts: members.map((post) => set.texts[post] ?? ''),
    weekdays: Int32Array.from(members, (post) => set.weekdays[post] ?? 0),
    forums: Int32Array.from(members, (post) => set.forums[post] ?? 0),
    labels: Int32Array.from(chosen, (index) => labels[index] ?? 0),
  };
}
