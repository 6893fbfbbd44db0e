import { availableParallelism } from 'node:os';

const VARIABLES = ['TF_NUM_INTRAOP_THREADS', 'OMP_NUM_THREADS'] as const;

/** How many threads the engine is to use: asked for, else set in the environment, else all there are. */
export function resolveThreads(asked?: number): number {
  const fromEnvironment = Number.parseInt(process.env[VARIABLES[0]] ?? '', 10);
  const threads = asked ?? (fromEnvironment > 0 ? fromEnvironment : availableParallelism());
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new RangeError(`startEngine: threads must be an integer of at least 1, got ${threads}`);
  }
  return threads;
}

/** TensorFlow reads these once, when it is loaded. */
export function setThreads(threads: number): void {
  for (const name of VARIABLES) process.env[name] = String(threads);
  process.env['TF_NUM_INTEROP_THREADS'] = '1'; // eager ops run one after another
}
