import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface Ran {
  readonly ok: boolean;
  /** What it printed last. */
  readonly tail: string;
}

const TAIL_LINES = 30;

/** Runs a program and adds what it prints to the file `log`. */
export function runLogged(
  command: readonly string[],
  log: string,
  { env, cwd, timeout }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly timeout?: number } = {},
): Promise<Ran> {
  const [program = '', ...parameters] = command;
  const output = openSync(log, 'a');
  writeSync(output, `\n$ ${command.join(' ')}\n`);
  const from = readFileSync(log).length;
  return new Promise((done) => {
    const child = spawn(program, parameters, { stdio: ['ignore', output, output], env: { ...process.env, ...env }, cwd, timeout });
    child.once('error', () => undefined); // a program that is not there; 'close' follows
    child.once('close', (code) => {
      closeSync(output);
      done({ ok: code === 0, tail: tailOf(readFileSync(log).subarray(from).toString()) });
    });
  });
}

function tailOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-TAIL_LINES).join('\n');
}
