import { workerData } from 'node:worker_threads';

import { BatchRing } from '../../src/input/batch-ring';
import type { BatchWork } from '../../src/input/batch-worker';

/** A worker that claims a step and cannot make it. */
throw new Error(`the batch of step ${new BatchRing((workerData as BatchWork).memory).claimNext()}: no such image`);
