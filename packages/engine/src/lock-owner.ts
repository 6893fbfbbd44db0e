import { readFileSync, statSync, utimesSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Written beside a lock, so that others can tell an owner that is busy from one that is dead. */
interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started: a number may be given again to another process. */
  readonly started: string;
  /** Which lock: another may have been made in its place. */
  readonly lock: number;
}

const fileOf = (path: string) => `${path}.lock-owner`;
const lockOf = (path: string) => `${path}.lock`;

export async function recordOwner(path: string): Promise<void> {
  const owner: Owner = { host: hostname(), pid: process.pid, started: startOf(process.pid), lock: identityOf(path) };
  await writeFile(fileOf(path), JSON.stringify(owner));
}

export async function forgetOwner(path: string): Promise<void> {
  await rm(fileOf(path), { force: true });
}

/** What is known of the lock's owner. `unknown`: no lock, just made, or held on another machine. */
export function ownerOf(path: string): 'alive' | 'dead' | 'unknown' {
  try {
    const owner = JSON.parse(readFileSync(fileOf(path), 'utf8')) as Owner;
    if (owner.host !== hostname() || owner.lock !== identityOf(path)) return 'unknown';
    return startOf(owner.pid) === owner.started ? 'alive' : 'dead';
  } catch {
    return 'unknown';
  }
}

/** Makes the lock of a dead owner look as old as can be, which lets the next one have it. Without `await`: no one gets between. */
export function releaseIfDead(path: string): void {
  if (ownerOf(path) === 'dead') utimesSync(lockOf(path), 0, 0);
}

function identityOf(path: string): number {
  return statSync(lockOf(path)).birthtimeMs;
}

/** Start time of a process, '' if there is none. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return '';
  }
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    if (fields?.[0] === 'Z') return ''; // has ended; its parent has not asked yet
    return fields?.[19] ?? 'unknown';
  } catch {
    return 'unknown'; // no /proc: the number alone must do
  }
}
