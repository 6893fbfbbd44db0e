import { spawn } from 'node:child_process';
import { join } from 'node:path';

const STEP = join(__dirname, '..', 'training-step', 'ours.ts');

interface Measured {
  readonly milliseconds: readonly number[];
  readonly versions: readonly string[];
}

/** Two trainings of one thread at once: together they finish two steps in the time that one of them takes. */
async function main(settings: object): Promise<void> {
  const runs = await Promise.all([training(settings), training(settings)]);
  const [one, other] = runs;
  const milliseconds = one.milliseconds.map((value, step) => (value + (other.milliseconds[step] ?? value)) / 4);
  console.log(JSON.stringify({ milliseconds, versions: one.versions }));
}

function training(settings: object): Promise<Measured> {
  const child = spawn(process.execPath, ['-r', './tools/register.cjs', STEP, JSON.stringify({ ...settings, threads: 1 })], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += String(chunk)));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => (code === 0 ? done(JSON.parse(text.trim().split('\n').at(-1) ?? '') as Measured) : failed(new Error(`a training ended with ${code}`))));
  });
}

void main(JSON.parse(process.argv[2] ?? '{}') as object);
