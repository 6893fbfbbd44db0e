import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream, startEngine } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';

import { train } from '../src/train';
import { resumeRun, weightBytes } from './resume-run';

const folder = temporaryFolder();
const [checkpoints, output] = [join(folder, 'checkpoints'), join(folder, 'weights.json')];

/** Runs the child until it ends, or kills it as soon as it reports a step; says what it printed. */
function runChild({ killAt = Infinity, fatalWrite = '' } = {}): Promise<{ signal: string | null; lines: string[] }> {
  const child = spawn(process.execPath, ['-r', 'ts-node/register', join(__dirname, 'resume-child.ts'), checkpoints, output, fatalWrite]);
  let [text, errors] = ['', ''];
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  child.stdout.on('data', (chunk) => {
    text += String(chunk);
    const steps = [...text.matchAll(/^step (\d+)$/gm)].map(([, step]) => Number(step));
    if (steps.some((step) => step >= killAt)) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve({ signal, lines: text.trim().split('\n') });
      else reject(new Error(`child ended with ${code}: ${errors}`));
    });
  });
}

describe('a training killed with SIGKILL', () => {
  let undisturbed = { weights: '', curve: '' };
  beforeAll(async () => {
    await startEngine({ threads: 2, provision: false });
    const result = await train(resumeRun);
    undisturbed = { weights: weightBytes(result), curve: JSON.stringify(result.curve) };
  }, 60_000);

  it('ends with the weights and the curve of one never disturbed, to the bit', async () => {
    const draws = randomStream(7, 'folds', 'moments of death');
    const moments = [5 + draws.integer(8), 16 + draws.integer(10)];
    const deaths = [
      await runChild({ killAt: moments[0] }),
      await runChild({ killAt: moments[1] }),
      await runChild({ fatalWrite: '.safetensors' }), // half of the first file of a checkpoint is on the disk
      await runChild({ fatalWrite: '.json' }), // one of its two files
    ];
    expect(deaths.map(({ signal }) => signal)).toEqual(new Array(4).fill('SIGKILL'));
    expect(existsSync(output)).toBe(false);
    const last = await runChild();
    for (const { lines } of [...deaths.slice(1), last]) expect(lines[0]).toMatch(/^resuming at step \d+ of 40$/);
    const { weights, curve } = JSON.parse(readFileSync(output, 'utf8')) as { weights: string; curve: unknown };
    expect(weights).toBe(undisturbed.weights);
    expect(JSON.stringify(curve)).toBe(undisturbed.curve);
  }, 120_000);
});
