import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * `npm test`: lint with the layer rules, type check, then all tests (unit, property, golden, smoke profiles, one quick
 * run, documentation, committed results). Ends with the number of checks passed and failed.
 */
const ROOT = resolve(__dirname, '..');

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

function main(): number {
  const counts = [nx('lint'), nx('typecheck'), provision(), jest()];
  const sum = (key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

function nx(target: string): Counts {
  console.log(`\n== ${target}`);
  return one(run('npx', ['nx', 'run', `experiment:${target}`]));
}

/** The engine is provisioned before the tests, so that no test file does it under its own time limit. */
function provision(): Counts {
  console.log('\n== engine');
  return one(run('npx', ['nx', 'run', 'engine:provision']));
}

function jest(): Counts {
  console.log('\n== tests');
  const folder = mkdtempSync(join(tmpdir(), 'hypersphere-check-'));
  const file = join(folder, 'jest.json');
  try {
    const ended = run('npx', ['jest', '--maxWorkers=2', '--json', `--outputFile=${file}`]);
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
    const failed = numFailedTests === 0 ? (numFailedTestSuites ?? 0) : (numFailedTests ?? 0);
    return { passed: numPassedTests ?? 0, failed: ended ? failed : Math.max(1, failed) };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, NX_DAEMON: 'false' } }).status === 0;
}

const one = (passed: boolean): Counts => (passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

process.exitCode = main();
