import { once } from 'node:events';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { startEngine } from '@hypersphere/engine';
import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { batchQueue, type BatchQueue } from '../../src/input/batch-queue';
import { batchMaker, type HostBatch } from '../../src/input/host-batch';
import { train } from '../../src/train';
import { generatedImages } from '../generated-images';
import { resumeRun, weightBytes } from '../resume-run';

jest.setTimeout(40_000);

const data = generatedImages();
const plan = { batchSize: 8, augmentation: { mirror: true, shiftPixels: 2, noise: 0.1 }, seed: 3, stepsPerEpoch: 6, masks: { late: { shape: [8, 5], rate: 0.4 }, later: { shape: [8, 1], rate: 0.5 } } };
const steps = 40;
const expected = Array.from({ length: steps }, (_, step) => batchMaker(plan, data)(step));

const queues: BatchQueue[] = [];
function queue(options: Partial<Parameters<typeof batchQueue>[0]> = {}): BatchQueue {
  const made = batchQueue({ plan, data, steps, ...options });
  queues.push(made);
  return made;
}
const takeAll = async (from: BatchQueue, first = 0): Promise<HostBatch[]> => {
  const taken: HostBatch[] = [];
  for (let step = first; step < steps; step++) taken.push(await from.take(step));
  return taken;
};
/** The thread has made the batch of step `last`. */
const hasMade = (thread: Worker | undefined, last: number): Promise<void> =>
  new Promise((resolve) => {
    const hear = (step: number): void => {
      if (step !== last) return;
      thread?.off('message', hear);
      resolve();
    };
    thread?.on('message', hear);
  });

afterEach(async () => {
  for (const one of queues.splice(0)) {
    await one.dispose();
    expect(one.threads.every(({ threadId }) => threadId === -1)).toBe(true); // none outlives its queue
  }
});

describe('batchQueue', () => {
  it.each([0, 1, 2])('gives the same bits in the same order with %i threads', async (workers) => {
    const one = queue({ workers });
    expect(await one.take(0)).toEqual(expected[0]);
    // until a thread is up, every batch is made on the spot
    if (workers > 0) await Promise.race(one.threads.map((thread) => once(thread, 'message')));
    expect(await takeAll(one, 1)).toEqual(expected.slice(1));
    expect(one.threads).toHaveLength(workers);
  });

  it('takes what its thread made ahead, never more than 3 batches of it', async () => {
    const made: number[] = [];
    const one = queue({ workers: 1 });
    expect(await one.take(0)).toEqual(expected[0]);
    one.threads[0]?.on('message', (step: number) => made.push(step));
    await hasMade(one.threads[0], 3);
    expect(made).toEqual([1, 2, 3]);
    for (let step = 1; step < 10; step++) {
      const more = hasMade(one.threads[0], step + 3);
      expect(await one.take(step)).toEqual(expected[step]); // a fourth batch would have been written over this one
      await more;
    }
    expect(made).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('starts in the middle, as a resumed training does', async () => {
    expect(await takeAll(queue({ workers: 1 }), 17)).toEqual(expected.slice(17));
  });

  it.each([
    ['an error', 'training: a worker thread that makes batches failed: the batch of step 1: no such image'],
    ['an end', 'training: a worker thread that makes batches ended with code 3; run the same command again to continue from the last checkpoint'],
  ])('names %s of its thread', async (what, message) => {
    const failing = queue({ workers: 1, script: join(__dirname, what === 'an error' ? 'failing-worker.ts' : 'ending-worker.ts') });
    await failing.take(0);
    const ended = new Promise((resolve) => failing.threads[0]?.on('exit', resolve));
    await ended;
    await expect(failing.take(1)).rejects.toThrow(message);
  });
});

it('trains the same bits with 0, 1 and 2 threads', async () => {
  await startEngine({ threads: 1, provision: false });
  const [none, one, two] = [await train({ ...resumeRun, inputWorkers: 0 }), await train({ ...resumeRun, inputWorkers: 1 }), await train({ ...resumeRun, inputWorkers: 2 })];
  expect([weightBytes(one), weightBytes(two)]).toEqual([weightBytes(none), weightBytes(none)]);
});
