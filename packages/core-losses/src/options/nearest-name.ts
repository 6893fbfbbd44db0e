import { closest, distance } from 'fastest-levenshtein';

/** `; did you mean 'cosface'?` where one of `known` is within a few keystrokes of `given`, else nothing. */
export function suggestion(given: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(given, [...known]);
  return distance(given, nearest) <= Math.max(2, nearest.length / 3) ? `; did you mean '${nearest}'?` : '';
}
