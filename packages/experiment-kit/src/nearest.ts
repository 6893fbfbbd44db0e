import { closest, distance } from 'fastest-levenshtein';

/** `'cosfase'; known: arcface, cosface; did you mean 'cosface'?` for the end of an error message. */
export function nearest(word: string, known: readonly string[]): string {
  if (known.length === 0) return `'${word}'; there are none`;
  const candidate = known.find((name) => name.endsWith(`.${word}`)) ?? closest(word, known);
  const hint = candidate.endsWith(`.${word}`) || distance(word, candidate) <= Math.max(2, word.length / 2) ? `; did you mean '${candidate}'?` : '';
  return `'${word}'; known: ${known.map(quotedIfUnclear).join(', ')}${hint}`;
}

const quotedIfUnclear = (name: string): string => (name.includes(',') ? `'${name}'` : name);
