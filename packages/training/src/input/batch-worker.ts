import { parentPort, workerData } from 'node:worker_threads';
import type { ExampleSet } from '@hypersphere/data';

import { BatchRing, type RingMemory } from './batch-ring';
import { batchMaker, type BatchPlan } from './host-batch';

/** What a worker thread is told. Steps up to `steps` are made. */
export interface BatchWork {
  readonly plan: BatchPlan;
  /** Examples in shared memory. */
  readonly data: ExampleSet;
  readonly memory: RingMemory;
  readonly steps: number;
}

const { plan, data, memory, steps } = workerData as BatchWork;
const ring = new BatchRing(memory);
const make = batchMaker(plan, data);
for (let step = ring.claimNext(); step < steps; step = ring.claimNext()) {
  try {
    ring.put(step, make(step));
  } catch (error) {
    throw new Error(`the batch of step ${step}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  parentPort?.postMessage(step);
}
