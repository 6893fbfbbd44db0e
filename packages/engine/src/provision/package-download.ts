import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';

import { HypersphereError } from '../errors';
import { logFile } from './build-engine';
import type { Places } from './places';
import { runLogged } from './run-logged';

const TIMEOUT_MILLISECONDS = 10 * 60_000;

/** Has `@tensorflow/tfjs-node-gpu` download the older TensorFlow that it was released with. */
export async function downloadByPackage(places: Places): Promise<void> {
  await rm(places.binding, { force: true }); // it may be a link into the cache: never write through it
  // without the flag npm says success and does nothing where the project's .npmrc has ignore-scripts=true
  const command = ['npm', 'rebuild', '@tensorflow/tfjs-node-gpu', '--ignore-scripts=false'];
  const cwd = resolve(places.packageFolder, '..', '..', '..');
  const ran = await runLogged(command, logFile(places), { cwd, timeout: TIMEOUT_MILLISECONDS });
  if (!ran.ok) throw new HypersphereError(`the download of @tensorflow/tfjs-node-gpu failed: ${gist(ran.tail)}`);
}

/** npm prints a screen of stack: the line that says what went wrong is enough, the rest is in the log. */
function gist(output: string): string {
  const all = output.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const lines = all.filter((line) => !line.startsWith('A complete log'));
  return lines.find((line) => /error: |failed/i.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
