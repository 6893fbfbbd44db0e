/** Samples put in order of class. */
export interface ClassOrder {
  /** Position in class order -> index of the sample; within a class by index. */
  readonly order: Int32Array;
  /** `[c + 1]`: class k holds positions `starts[k] .. starts[k + 1] - 1`. */
  readonly starts: Int32Array;
  /** `[n]`: class number 0..c-1 of each sample, in the order of the samples. */
  readonly classOf: Int32Array;
  readonly classes: number;
}

/** Groups samples by label; classes are numbered by ascending label. */
export function classOrder(labels: Int32Array): ClassOrder {
  const distinct = Int32Array.from(new Set(labels)).sort();
  const numberOf = new Map<number, number>();
  distinct.forEach((label, at) => numberOf.set(label, at));
  const classOf = labels.map((label) => numberOf.get(label)!);
  const starts = new Int32Array(distinct.length + 1);
  for (const k of classOf) starts[k + 1]!++;
  for (let k = 0; k < distinct.length; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Int32Array(labels.length);
  classOf.forEach((k, sample) => (order[next[k]!++] = sample));
  return { order, starts, classOf, classes: distinct.length };
}
