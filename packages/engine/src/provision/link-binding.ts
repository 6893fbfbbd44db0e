import { randomUUID } from 'node:crypto';
import { mkdir, readlink, rename, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { HypersphereError } from '../errors';
import { BINDING_FILE, type Places } from './places';

/**
 * Puts the engine's binding where tfjs looks for it, as a link: so that it finds its libraries beside the real file.
 * A process that loads it at this moment finds the old one or the new.
 */
export async function linkBinding({ binding, engine }: Places): Promise<void> {
  const target = join(engine, BINDING_FILE);
  if ((await readlink(binding).catch(() => undefined)) === target) return;
  try {
    await mkdir(dirname(binding), { recursive: true });
    const temporary = `${binding}.${randomUUID()}`;
    await symlink(target, temporary);
    await rename(temporary, binding);
  } catch (cause) {
    throw new HypersphereError(`cannot write ${binding}: ${(cause as Error).message}`, { cause });
  }
}
