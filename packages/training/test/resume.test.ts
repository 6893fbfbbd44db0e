import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { randomStream } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { describe, expect, it } from '@jest/globals';

const folder = temporaryFolder();
const output = join(folder, 'weights.json');

/** Runs the child until it ends, or kills it as soon as it reports a step; says what it printed. */
function runChild({ name = 'disturbed', killAt = Infinity, fatalWrite = '' } = {}): Promise<{ signal: string | null; lines: string[] }> {
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', join(__dirname, 'resume-child.ts'), join(folder, name), output, fatalWrite]);
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
  it('ends with the weights and the curve of one never disturbed, to the bit', async () => {
    await runChild({ name: 'undisturbed' });
    const undisturbed = readFileSync(output, 'utf8');
    rmSync(output);
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
    expect(readFileSync(output, 'utf8') === undisturbed).toBe(true);
  }, 120_000);
});
