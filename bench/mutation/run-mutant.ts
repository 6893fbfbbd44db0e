import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';

import type { Mutant } from './mutants';

export const ROOT = join(__dirname, '..', '..');
/** Longer than all tests of a package take on a slow machine: a mutant may never end. */
const LIMIT = 15 * 60_000;

/** `timeout` counts as killed: somebody would notice. */
export type Fate = 'killed' | 'survived' | 'timeout';

export interface RunMutantOptions {
  readonly signal: AbortSignal;
}

/**
 * Runs the tests that reach a mutated file, the one of its own name first, until one fails.
 *
 * @param mutant left out: the sources as they are, which must survive
 */
export async function runMutant(file: string, mutant: Mutant | undefined, { signal }: RunMutantOptions): Promise<Fate> {
  const own = ownTest(file);
  const first = own === undefined ? 'survived' : await runJest([own], mutant, signal);
  return first === 'survived' ? runJest(['--findRelatedTests', file], mutant, signal) : first;
}

/** `src/losses/arcface.ts` has `test/losses/arcface.test.ts`. */
function ownTest(file: string): string | undefined {
  const test = file.replace('/src/', '/test/').replace(/\.ts$/, '.test.ts');
  return existsSync(join(ROOT, test)) ? test : undefined;
}

interface JestResult {
  readonly numTotalTestSuites: number;
  readonly success: boolean;
}

async function runJest(which: readonly string[], mutant: Mutant | undefined, signal: AbortSignal): Promise<Fate> {
  const folder = mkdtempSync(join(tmpdir(), 'hypersphere-mutant-'));
  const output = join(folder, 'result.json');
  const args = [require.resolve('jest/bin/jest'), '--config', join(__dirname, 'jest.config.cjs'), '--bail', '--silent', '--runInBand', '--json', '--outputFile', output, ...which];
  try {
    const child = spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...(mutant && { HYPERSPHERE_MUTANT: JSON.stringify(mutant) }) }, stdio: ['ignore', 'ignore', 'pipe'], signal, timeout: LIMIT, killSignal: 'SIGKILL' });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told = (told + chunk.toString()).slice(-2000)));
    const killed = await new Promise<boolean>((resolve, reject) => child.once('error', reject).once('close', (_code, by) => resolve(by === 'SIGKILL')));
    if (killed) return 'timeout';
    if (!existsSync(output)) throw new HypersphereError(`mutation: jest gave no result for ${mutant?.file ?? which.join(' ')}; it said:\n${told}`);
    const { numTotalTestSuites, success } = JSON.parse(readFileSync(output, 'utf8')) as JestResult;
    return success || numTotalTestSuites === 0 ? 'survived' : 'killed';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `arcface.ts:52`, for the log. */
export const placeOf = ({ file, line }: Mutant): string => `${basename(file)}:${line}`;
