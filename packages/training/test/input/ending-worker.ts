import { workerData } from 'node:worker_threads';

import { BatchRing } from '../../src/input/batch-ring';
import type { BatchWork } from '../../src/input/batch-worker';

/** A worker that claims a step and ends. */
new BatchRing((workerData as BatchWork).memory).claimNext();
process.exit(3);
