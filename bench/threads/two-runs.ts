import { join } from 'node:path';

import type { Measured } from '../item';
import { lastLine } from '../run-item';

const STEP = join(__dirname, '..', 'training-step', 'ours.ts');

/** Two trainings of one thread at once: together they finish two steps in the time that one of them takes. */
async function main(settings: object): Promise<void> {
  const runs = await Promise.all([training(settings), training(settings)]);
  const [one, other] = runs;
  const milliseconds = one.milliseconds.map((value, step) => (value + (other.milliseconds[step] ?? value)) / 4);
  console.log(JSON.stringify({ milliseconds, versions: one.versions }));
}

async function training(settings: object): Promise<Measured> {
  const command = [process.execPath, '-r', './tools/register.cjs', STEP, JSON.stringify({ ...settings, threads: 1 })];
  return (await lastLine('one of two trainings', command)) as Measured;
}

void main(JSON.parse(process.argv[2] ?? '{}') as object);
