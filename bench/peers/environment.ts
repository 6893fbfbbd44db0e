import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, HypersphereError, withLock } from '@hypersphere/engine';

const REQUIREMENTS = join(__dirname, 'requirements.txt');

/**
 * A Python that has the pinned peers, in a virtual environment of its own in the cache; made at the first call.
 *
 * @returns the path of its `python`
 * @throws HypersphereError if Python or the package index does not give it
 */
export async function peerPython(log: (line: string) => void): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12);
  const folder = cacheFolder('bench', digest);
  const [python, whole] = [join(folder, 'bin', 'python'), join(folder, 'whole')];
  await withLock(folder, () => {
    if (existsSync(whole)) return Promise.resolve();
    log('bench: installing the peers (PyTorch and others)');
    rmSync(folder, { recursive: true, force: true });
    run('python3', ['-m', 'venv', folder]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
    writeFileSync(whole, '');
    return Promise.resolve();
  });
  return python;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === 0) return;
  throw new HypersphereError(`bench: ${command} ${args.join(' ')} failed: ${error?.message ?? stderr.trim().split('\n').slice(-5).join('\n')}`);
}
