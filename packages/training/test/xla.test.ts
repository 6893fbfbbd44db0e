import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';

jest.setTimeout(120_000);

interface Said {
  readonly xla: boolean;
  readonly digest: string;
  readonly values: readonly number[];
}

/** XLA is chosen before TensorFlow is loaded, so each way has a process of its own. */
function trained(how: 'xla' | 'plain'): { said: Said; compiled: boolean } {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' };
  const { stdout, stderr } = spawnSync(process.execPath, ['-r', './tools/register.cjs', join(__dirname, 'xla-child.ts'), how], { encoding: 'utf8', env });
  return { said: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Said, compiled: stderr.includes('Compiled cluster using XLA') };
}

it('XLA compiles a recorded step where it is asked for, to the same values', () => {
  const [plain, xla] = [trained('plain'), trained('xla')];
  expect([plain.said.xla, plain.compiled]).toEqual([false, false]);
  expect([xla.said.xla, xla.compiled]).toEqual([true, true]);
  expect(xla.said.digest).not.toBe(plain.said.digest);
  const scale = Math.max(...plain.said.values.map(Math.abs));
  plain.said.values.forEach((value, at) => expect(Math.abs(value - (xla.said.values[at] ?? NaN)) / scale).toBeLessThan(1e-4));
  expect(xla.said.values).not.toEqual(plain.said.values);
});
