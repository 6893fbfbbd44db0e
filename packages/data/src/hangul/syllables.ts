import table from './syllable-table.json';

const all = [...table.ksX1001];
const development = [...table.development];
const reserved = new Set(development);

/** Hangul of KS X 1001 in two halves that never mix: what may be looked at, and what only the final test sees. */
export const syllables = {
  /** All 2,350, in the order of the standard. */
  all,
  /** 1,200 for training, validation and tuning. */
  development,
  /** The other 1,150: test classes and distractors. */
  final: all.filter((syllable) => !reserved.has(syllable)),
} as const;
