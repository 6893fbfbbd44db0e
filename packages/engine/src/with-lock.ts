import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lock } from 'proper-lockfile';

import { forgetOwner, ownerOf, recordOwner, releaseIfDead } from './lock-owner';

export interface LockOptions {
  /** Called once if the lock is held by someone else, before waiting. */
  readonly onWait?: () => void;
}

const POLL_MILLISECONDS = 100;

/**
 * Runs `body` while holding the lock `<path>.lock`, for which it waits as long as its owner lives.
 * The lock of a process that died on this machine is taken over at once; of one elsewhere (a shared file system) after 20 s
 * without a sign of life.
 *
 * @param path what is protected; need not exist
 * @returns what `body` returns
 */
export async function withLock<T>(path: string, body: () => Promise<T>, { onWait }: LockOptions = {}): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const release = await acquire(path, onWait);
  try {
    await recordOwner(path);
    return await body();
  } finally {
    await forgetOwner(path);
    await release();
  }
}

async function acquire(path: string, onWait?: () => void): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++) {
    const release = await tryOnce(path);
    if (release !== undefined) return release;
    if (attempt === 0) onWait?.();
    await pause(POLL_MILLISECONDS);
  }
}

async function tryOnce(path: string): Promise<(() => Promise<void>) | undefined> {
  // A living owner may be too busy to renew its lock: never take it away from one.
  const owner = ownerOf(path);
  if (owner === 'alive') return undefined;
  if (owner === 'dead') {
    await pause(process.pid % POLL_MILLISECONDS); // several may wait for it: not all at the same moment
    releaseIfDead(path);
  }
  try {
    const release = await lock(path, { realpath: false, stale: 20_000, update: 5_000, onCompromised: () => undefined });
    // a lock that someone removed by hand is no reason to lose the work done under it
    return () => release().catch(() => undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ELOCKED') return undefined;
    throw error;
  }
}
