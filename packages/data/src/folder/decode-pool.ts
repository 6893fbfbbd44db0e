import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { HypersphereError } from '@hypersphere/engine';
import Piscina from 'piscina';
import { decodeBlock, type DecodeJob, type Outcome } from './decode-block';

export interface DecodePool {
  /** Jobs that keep every thread busy. */
  readonly jobsAhead: number;
  decode(job: DecodeJob): Promise<readonly Outcome[]>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** So few images are decoded before a thread has started. */
const fewImages = 1000;
/** Threads that wait so long for a job end by themselves, should nobody end them. */
const idleMilliseconds = 10_000;

/** A thread for each core, or none for few images. */
export const usualWorkers = (images: number): number => (images < fewImages ? 0 : availableParallelism());

/**
 * Decodes blocks of images on worker threads.
 *
 * @param workers number of threads; 0 decodes on the thread of the caller
 */
export function decodePool(workers: number): DecodePool {
  if (workers === 0) return { jobsAhead: 1, decode: decodeBlock, close: () => Promise.resolve() };
  const pool = new Piscina<DecodeJob, readonly Outcome[]>({
    filename: join(__dirname, 'decode-worker.ts'),
    execArgv: ['-r', join(__dirname, '../../../../tools/register.cjs')],
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: idleMilliseconds,
  });
  const decode = (job: DecodeJob): Promise<readonly Outcome[]> =>
    pool.run(job).catch((error: unknown) => {
      throw new HypersphereError(`data.folder: a worker thread that decodes images failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
  return { jobsAhead: 2 * workers, decode, close: () => pool.destroy() };
}
