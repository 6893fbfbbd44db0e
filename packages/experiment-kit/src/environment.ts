import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { processor } from '@hypersphere/engine';

import { WORKSPACE } from './workspace';

/** What the code was: commit, and a digest of changes outside `results/`, if there are any. */
export function codeState(): { commit?: string; changes?: string } {
  const commit = git('rev-parse', 'HEAD')?.trim();
  if (commit === undefined) return {};
  const diff = `${git('diff', 'HEAD', '--', '.', ':!results') ?? ''}${git('status', '--porcelain', '--untracked-files=all', '--', '.', ':!results') ?? ''}`;
  return diff === '' ? { commit } : { commit, changes: createHash('sha256').update(diff).digest('hex').slice(0, 16) };
}

/** Processor and operating system, without host or user name. */
export function machine(): { cpu: string; os: string } {
  const { model, instructionSets } = processor();
  return { cpu: [model, ...instructionSets].join(' '), os: `${os.type()} ${os.release()} ${os.arch()}` };
}

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: WORKSPACE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  } catch {
    return undefined;
  }
}
