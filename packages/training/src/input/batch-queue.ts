import { join } from 'node:path';
import { types } from 'node:util';
import { Worker } from 'node:worker_threads';
import { exampleShape, isRows, type ExampleSet } from '@hypersphere/data';
import { HypersphereError } from '@hypersphere/engine';

import { BatchRing, ringMemory, type BatchSizes } from './batch-ring';
import type { BatchWork } from './batch-worker';
import { batchMaker, rowsOf, sizeOf, type BatchPlan, type HostBatch } from './host-batch';
import { waitWatch } from './wait-watch';

export interface QueueOptions {
  readonly plan: BatchPlan;
  readonly data: ExampleSet;
  /** Steps of the training. */
  readonly steps: number;
  /** Threads that make batches ahead. Default: none, then one if the training waits too long. */
  readonly workers?: number;
  /** Stands in for the worker's program in tests. */
  readonly script?: string;
}

export interface BatchQueue {
  /** The batch of a step; steps come in order, or are made on the spot. */
  take(step: number): Promise<HostBatch>;
  /** Ends the threads. */
  dispose(): Promise<void>;
  /** Those that were started. */
  readonly threads: readonly Worker[];
}

/**
 * Batches in the order of steps, made ahead by worker threads or on the spot: a step that no worker has begun is made
 * by the caller, so that it never waits for a thread to start. Their values do not depend on who makes them.
 */
export function batchQueue({ workers, ...options }: QueueOptions): BatchQueue {
  const make = batchMaker(options.plan, options.data);
  const watch = waitWatch();
  let wanted = workers ?? 0;
  let crew: Crew | undefined;
  return {
    async take(step) {
      const end = watch.begin();
      if (wanted > 0) crew ??= startCrew(options, wanted, step);
      const batch = crew === undefined ? make(step) : await crew.take(step, make);
      if (end() && workers === undefined) wanted = 1;
      return batch;
    },
    dispose: async () => {
      await Promise.all((crew?.threads ?? []).map((thread) => thread.terminate()));
    },
    get threads() {
      return crew?.threads ?? [];
    },
  };
}

interface Crew {
  take(step: number, make: (step: number) => HostBatch): Promise<HostBatch>;
  readonly threads: readonly Worker[];
}

function startCrew({ plan, data, steps, script = join(__dirname, 'batch-worker.ts') }: QueueOptions, count: number, firstStep: number): Crew {
  const memory = ringMemory(sizesOf(plan, data), 2 * count + 1, firstStep);
  const ring = new BatchRing(memory);
  const workerData: BatchWork = { plan, data: inSharedMemory(data), memory, steps };
  const threads = Array.from({ length: count }, () => new Worker(script, { workerData, execArgv: ['-r', join(__dirname, '../../../../tools/register.cjs')] }));
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    wake();
  };
  for (const thread of threads) {
    thread.on('message', () => wake());
    thread.on('error', (error) => fail(failureOf(error)));
    thread.on('exit', (code) => code !== 0 && fail(new HypersphereError(`training: a worker thread that makes batches ended with code ${code}; run the same command again to continue from the last checkpoint`)));
  }
  return {
    async take(step, make) {
      const own = ring.claim(step);
      while (!own && !ring.isReady(step)) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
      }
      const batch = own ? make(step) : ring.read(step);
      ring.release(step);
      return batch;
    },
    threads,
  };
}

function failureOf(error: Error & { code?: string }): Error {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return new HypersphereError(`training: a worker thread that makes batches ran out of memory: ${error.message}`, { cause: error });
  return new Error(`training: a worker thread that makes batches failed: ${error.message}`, { cause: error });
}

function sizesOf({ masks, ...plan }: BatchPlan, data: ExampleSet): BatchSizes {
  const dropoutMasks = Object.fromEntries(Object.entries(masks).map(([layer, { shape }]) => [layer, sizeOf(shape)]));
  const rows = rowsOf(plan);
  return { images: rows * sizeOf(exampleShape(data)), tokens: isRows(data) && data.kind === 'tokens', labels: rows, dropoutMasks };
}

/** The examples in memory that threads share: as they are if they lie there, as those of packed files do. */
function inSharedMemory(data: ExampleSet): ExampleSet {
  if (!isRows(data)) return types.isSharedArrayBuffer(data.images.buffer) ? data : { ...data, images: new Uint8Array(sharedCopy(data.images)) };
  const buffer = sharedCopy(data.rows);
  return { ...data, rows: data.kind === 'tokens' ? new Int32Array(buffer) : new Float32Array(buffer) };
}

function sharedCopy({ buffer, byteOffset, byteLength }: ArrayBufferView): SharedArrayBuffer {
  const copy = new SharedArrayBuffer(byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer, byteOffset, byteLength));
  return copy;
}
