/** Texts with their authors: n posts, in the order of time. Texts stay in memory and in the cache: nothing of them belongs into a log, a record or a figure. */
export interface TextSet {
  /** `[n]` */
  readonly texts: readonly string[];
  /** int32 `[n]`: the author, 0 to classes - 1, the same number in every part. */
  readonly labels: Int32Array;
  /** float64 `[n]`: milliseconds since 1970, UTC. */
  readonly times: Float64Array;
  /** int32 `[n]`: day of the week where and when it was written, Monday 0 to Sunday 6. */
  readonly weekdays: Int32Array;
  /** int32 `[n]`: the forum, 0 to forums - 1, the same number in every part. */
  readonly forums: Int32Array;
  /** int32 `[n]`: the thread; a thread is in one part only. */
  readonly threads: Int32Array;
  readonly classes: number;
  /** What each forum is. */
  readonly forumNames: readonly string[];
}

export interface LoadedTexts {
  readonly train: TextSet;
  readonly validation: TextSet;
  readonly test: TextSet;
  /** SHA-256 of the packed file. */
  readonly packedDigest: string;
}

/** The posts at `indices` in that order. */
export function takeTexts(set: TextSet, indices: ArrayLike<number>): TextSet {
  const from = Array.from(indices);
  const of = (values: Int32Array) => Int32Array.from(from, (index) => values[index] ?? 0);
  return {
    ...set,
    texts: from.map((index) => set.texts[index] ?? ''),
    labels: of(set.labels),
    times: Float64Array.from(from, (index) => set.times[index] ?? 0),
    weekdays: of(set.weekdays),
    forums: of(set.forums),
    threads: of(set.threads),
  };
}
