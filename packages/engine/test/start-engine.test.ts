import { execFileSync } from 'node:child_process';
import util from 'node:util';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { startEngine } from '../src/index';
import { restoreNodeUtil } from '../src/node-compat';
import { resolveThreads } from '../src/threads';

describe('startEngine', () => {
  it('makes TensorFlow the backend and says what it is', async () => {
    const info = await startEngine({ threads: 2 });
    expect(info).toMatchObject({ tfjs: '4.22.0', threads: 2, node: process.versions.node });
    expect(info.tensorflow).toMatch(/^\d+\.\d+\.\d+/);
    expect(tf.getBackend()).toBe('tensorflow');
    expect(process.env).toMatchObject({ TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '2', TF_CPP_MIN_LOG_LEVEL: '3' });
  });

  it('may be called again, and makes it the backend again', async () => {
    await startEngine({ threads: 2 });
    await tf.setBackend('cpu');
    expect((await startEngine()).threads).toBe(2);
    expect(tf.getBackend()).toBe('tensorflow');
  });

  it('cannot change the number of threads', async () => {
    await startEngine({ threads: 2 });
    await expect(startEngine({ threads: 1 })).rejects.toThrow('startEngine: TensorFlow was loaded with 2 threads and cannot change to 1; use another process');
  });

  it('cannot change to XLA', async () => {
    expect((await startEngine({ threads: 2 })).xla).toBe(false);
    await expect(startEngine({ threads: 2, xla: true })).rejects.toThrow('startEngine: TensorFlow was loaded without XLA and cannot change to it; use another process');
  });

  it.each([0, 1.5, Number.NaN])('refuses %p threads', async (threads) => {
    await expect(startEngine({ threads })).rejects.toThrow(`startEngine: threads must be an integer of at least 1, got ${threads}`);
  });
});

it('takes threads from the environment if none are asked for', () => {
  process.env['TF_NUM_INTRAOP_THREADS'] = '3';
  expect(resolveThreads()).toBe(3);
  expect(resolveThreads(5)).toBe(5);
  process.env['TF_NUM_INTRAOP_THREADS'] = '';
  expect(resolveThreads()).toBeGreaterThan(0);
});

it('loads neither TensorFlow nor tfjs when the package is imported', () => {
  const script = `const { randomStream } = require(${JSON.stringify(join(__dirname, '..', 'src', 'index.ts'))});
    randomStream(1, 'pairs').uniform();
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('tensorflow'))));`;
  const cwd = join(__dirname, '..', '..', '..');
  expect(execFileSync(process.execPath, ['-r', './tools/register.cjs', '-e', script], { cwd, encoding: 'utf8' }).trim()).toBe('[]');
});

it('puts back what Node 23 took from util', () => {
  const old = util as unknown as Record<string, unknown>;
  const before = Object.getOwnPropertyDescriptors(old);
  delete old['isNullOrUndefined'];
  delete old['isArray'];
  restoreNodeUtil();
  const [isNullOrUndefined, isArray] = [old['isNullOrUndefined'], old['isArray']] as ((value: unknown) => boolean)[];
  for (const name of ['isNullOrUndefined', 'isArray']) {
    if (before[name] === undefined) delete old[name];
    else Object.defineProperty(old, name, before[name]);
  }
  expect([null, undefined, 0, ''].map((value) => isNullOrUndefined?.(value))).toEqual([true, true, false, false]);
  expect([[], {}].map((value) => isArray?.(value))).toEqual([true, false]);
});
