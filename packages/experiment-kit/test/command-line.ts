import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '@hypersphere/engine';

import { WORKSPACE } from '../src/workspace';

export const CLI = 'packages/experiment-kit/src/cli.ts';
export const FIXTURES = join(__dirname, 'fixtures/experiments');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Place {
  readonly results: string;
  readonly cache: string;
}

/** Empty results and an empty cache in `folder`; the engine is that of the real cache. */
export function emptyPlace(folder: string): Place {
  const root = mkdtempSync(join(folder, 'place-'));
  const place = { results: join(root, 'results'), cache: join(root, 'cache') };
  mkdirSync(place.cache);
  mkdirSync(cacheFolder('engine'), { recursive: true });
  symlinkSync(cacheFolder('engine'), join(place.cache, 'engine'));
  return place;
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** A process group of its own, so that it can be ended as a whole. */
  readonly detached?: boolean;
  readonly preload?: string;
}

/** Starts the kit's command line; of the fixture experiments unless `env` says otherwise. */
export function startCli(args: readonly string[], { results, cache }: Place, { env, detached = false, preload }: StartOptions = {}): ChildProcess {
  const before = preload === undefined ? [] : ['-r', preload];
  return spawn(process.execPath, [...before, '-r', './tools/register.cjs', CLI, ...args], {
    cwd: WORKSPACE,
    detached,
    env: { ...process.env, HYPERSPHERE_EXPERIMENTS: FIXTURES, HYPERSPHERE_RESULTS: results, HYPERSPHERE_CACHE: cache, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

export const runCli = (args: readonly string[], place: Place, options?: StartOptions): Promise<Ended> => ended(startCli(args, place, options));

/** Ends as soon as the process prints what matches; rejects if it ends before. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (more: string | Buffer) => {
      text += more.toString();
      if (pattern.test(text)) resolve();
    });
    child.on('close', () => reject(new Error(`ended without printing ${pattern}:\n${text}`)));
  });
}
