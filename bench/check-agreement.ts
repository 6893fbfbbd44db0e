import { HypersphereError } from '@hypersphere/engine';

import type { BenchItem, Measured } from './item';

const TOLERANCE = 0.02;
/** Values below count as this large. */
const LEAST = 1e-4;

/** Throws if two sides found different results: one of them does not do the work. */
export function checkAgreement({ id, agreeWithin = TOLERANCE }: Pick<BenchItem, 'id' | 'agreeWithin'>, sides: readonly (readonly [name: string, check: Measured['check']])[]): void {
  const given = sides.flatMap(([name, check]) => (check === undefined ? [] : [{ name, check }]));
  for (const { name, check } of given) {
    for (const other of given) {
      for (const [what, value] of Object.entries(check)) {
        const wanted = other.check[what];
        if (wanted === undefined || Math.abs(value - wanted) <= agreeWithin * Math.max(Math.abs(wanted), LEAST)) continue;
        throw new HypersphereError(`bench: ${id}: '${name}' and '${other.name}' differ in ${what}: ${value} and ${wanted}`);
      }
    }
  }
}
