import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { writeAtomically } from '../write-atomically';
import type { Places } from './places';
import type { Proof } from './proof';

/** A proof that was given before, and the files for which it was given. */
interface Stamp extends Proof {
  readonly abi: string;
  readonly sizes: readonly string[];
}

/** The proof of the binding in place, if it has been proved and no file has changed since. Takes about a millisecond. */
export function stampedProof(places: Places, realBinding: string): Proof | undefined {
  try {
    const stamp = JSON.parse(readFileSync(fileOf(places), 'utf8')) as Stamp;
    const same = stamp.abi === process.versions.modules && stamp.files[0] === realBinding;
    return same && sizesOf(places, stamp.files).join() === stamp.sizes.join() ? { tensorflow: stamp.tensorflow, files: stamp.files } : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers a proof. Where the cache cannot be written the binding is proved again each time. */
export async function writeStamp(places: Places, proof: Proof): Promise<void> {
  const stamp: Stamp = { ...proof, abi: process.versions.modules, sizes: sizesOf(places, proof.files) };
  await writeAtomically(fileOf(places), JSON.stringify(stamp)).catch(() => undefined);
}

/** One for each clone, as each has its own binding. */
function fileOf({ engines, binding }: Places): string {
  return join(engines, 'proofs', `${createHash('sha256').update(binding).digest('hex').slice(0, 16)}.json`);
}

function sizesOf({ binding }: Places, files: readonly string[]): string[] {
  return [binding, ...files].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${size}@${mtimeMs}`;
  });
}
