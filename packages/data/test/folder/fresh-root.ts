import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@hypersphere/testing';

/** Where the roots lie, side by side. */
export const workplace = temporaryFolder();
let count = 0;

/** A new empty folder for sets of images of one's own, which `HYPERSPHERE_DATA` names from now on, and a new cache. */
export function freshRoot(): string {
  count += 1;
  const root = join(workplace, `data ${count}`);
  mkdirSync(root);
  process.env['HYPERSPHERE_DATA'] = root;
  process.env['HYPERSPHERE_CACHE'] = join(workplace, `cache ${count}`);
  return root;
}
