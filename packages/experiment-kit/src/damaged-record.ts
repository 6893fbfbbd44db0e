import type { Entry } from './read-records';

/** A record that was edited, cut off or exchanged, and what can still be told of which run it was. */
export interface Damaged {
  readonly where: string;
  readonly message: string;
  readonly id?: string;
  readonly seed?: number;
  readonly variants: readonly string[];
  /** A line without an id lies between its neighbours, since a ledger is sorted. */
  readonly after: string;
  readonly before: string;
}

/** Which run a damaged record may be of. */
export function damagedRecord(entry: Entry, message: string, entries: readonly Entry[]): Damaged {
  const { id, seed, variants } = claimed(entry);
  const lines = entries.filter(({ fileId, problem }) => fileId === undefined && problem === undefined);
  const at = lines.indexOf(entry);
  // A line that is cut off is the last.
  const [above, below] = at < 0 ? [lines, []] : [lines.slice(0, at), lines.slice(at + 1)];
  return {
    where: entry.where,
    message,
    ...(id !== undefined && { id }),
    ...(seed !== undefined && { seed }),
    variants,
    after: above.map(idIn).findLast((one) => one !== undefined) ?? '',
    before: below.map(idIn).find((one) => one !== undefined) ?? 'g',
  };
}

/** Whether the damaged record was, as far as one can tell, that of the run. */
export function isOf(damaged: Damaged, run: { readonly id: string; readonly seed: number; readonly variant: string }): boolean {
  if (damaged.id === run.id || (damaged.seed === run.seed && damaged.variants.includes(run.variant))) return true;
  return damaged.id === undefined && damaged.seed === undefined && damaged.after < run.id && run.id < damaged.before;
}

function claimed({ text, fileId }: Entry): { readonly id?: string; readonly seed?: number; readonly variants: readonly string[] } {
  const { seed, variants } = parsed(text);
  const id = fileId ?? idIn({ text });
  return {
    ...(id !== undefined && { id }),
    ...(typeof seed === 'number' && { seed }),
    variants: Array.isArray(variants) ? variants.filter((name) => typeof name === 'string') : [],
  };
}

const idIn = ({ text }: Pick<Entry, 'text'>): string | undefined => /"id":\s*"([0-9a-f]{16})"/.exec(text)?.[1];

function parsed(text: string): { readonly seed?: unknown; readonly variants?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch {
    return {};
  }
}
