import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';

import { withLock } from '../src/index';

const folder = temporaryFolder();
const repository = join(__dirname, '..', '..', '..');
const children: ChildProcess[] = [];

afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
});

/** Another process that holds the lock until it is killed. */
async function holder(path: string) {
  const source = JSON.stringify(join(__dirname, '..', 'src', 'with-lock.ts'));
  const script = `require(${source}).withLock(${JSON.stringify(path)}, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1e6); }))`;
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', '-e', script], { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

describe('withLock', () => {
  it('lets one in at a time, in this process', async () => {
    const path = join(folder, 'one');
    let inside = 0;
    const body = async (answer: number) => {
      expect(++inside).toBe(1);
      await new Promise((go) => setImmediate(go));
      inside--;
      return answer;
    };
    expect(await Promise.all([1, 2, 3].map((answer) => withLock(path, () => body(answer))))).toEqual([1, 2, 3]);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('gives the lock back when the body throws', async () => {
    const path = join(folder, 'throws');
    await expect(withLock(path, () => Promise.reject(new Error('inside')))).rejects.toThrow('inside');
    expect(await withLock(path, () => Promise.resolve('next'))).toBe('next');
  });

  it('takes over at once from a process that was killed', async () => {
    const path = join(folder, 'killed');
    const child = await holder(path);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await withLock(path, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('waits for a process that lives, however dead it looks', async () => {
    const path = join(folder, 'busy');
    const child = await holder(path);
    utimesSync(`${path}.lock`, 0, 0); // as if it had not renewed its lock for years
    let waited = false;
    const entered = withLock(path, () => Promise.resolve(child.killed), { onWait: () => (waited = true) });
    await new Promise((go) => setTimeout(go, 300)); // long enough for several tries
    expect(waited).toBe(true);
    child.kill('SIGKILL');
    expect(await entered).toBe(true);
  });
});
