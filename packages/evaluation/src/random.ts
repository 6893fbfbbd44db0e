import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of draws; it carries its own state. */
export interface Draws {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** Uniform integer in [0, below). */
  readonly integer: (below: number) => number;
  /** A shuffled copy. */
  readonly shuffle: <T>(items: readonly T[]) => T[];
}

/** Draws that depend on `seed` and `purpose` only: equal arguments give equal draws. */
export function draws(seed: number, purpose: string): Draws {
  const generator = xoroshiro128plus(mixed(seed, purpose));
  const integer = (below: number): number => uniformInt(generator, 0, below - 1);
  return {
    uniform: () => uniformFloat64(generator),
    integer,
    shuffle: (items) => {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        [copy[last], copy[other]] = [copy[other]!, copy[last]!];
      }
      return copy;
    },
  };
}

/** 32-bit FNV-1a of the purpose and the seed, so that neighbouring seeds share nothing. */
function mixed(seed: number, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${purpose}/${seed}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash | 0;
}
