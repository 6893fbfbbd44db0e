import { HypersphereError } from '@hypersphere/engine';

import type { Measured } from './item';

const TOLERANCE = 0.02;

/** Throws if two sides found different results: one of them does not do the work. */
export function checkAgreement(item: string, sides: readonly (readonly [name: string, check: Measured['check']])[]): void {
  const given = sides.flatMap(([name, check]) => (check === undefined ? [] : [{ name, check }]));
  for (const { name, check } of given) {
    for (const other of given) {
      for (const [what, value] of Object.entries(check)) {
        const wanted = other.check[what];
        if (wanted === undefined || Math.abs(value - wanted) <= TOLERANCE * Math.max(Math.abs(wanted), 0.1)) continue;
        throw new HypersphereError(`bench: ${item}: '${name}' and '${other.name}' differ in ${what}: ${value} and ${wanted}`);
      }
    }
  }
}
