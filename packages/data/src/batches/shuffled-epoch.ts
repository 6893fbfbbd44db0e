import { randomStream } from '@hypersphere/engine';

/**
 * The batches of one pass over a set in random order; images that do not fill a last batch are left out of this pass.
 *
 * @param count n, number of images
 * @param batchSize images a batch, 1 to n
 * @param seed of the run
 * @param epoch from 0; another epoch has another order
 * @returns floor(n / batchSize) arrays of batchSize different indices
 * @throws RangeError if a batch cannot be filled
 */
export function shuffledEpoch(count: number, batchSize: number, seed: number, epoch: number): Int32Array[] {
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    throw new RangeError(`shuffledEpoch: batchSize must be an integer from 1 to ${count} (the number of images), got ${batchSize}`);
  }
  const order = randomStream(seed, 'batch-order', epoch).shuffle(Array.from({ length: count }, (_, at) => at));
  return Array.from({ length: Math.floor(count / batchSize) }, (_, at) => Int32Array.from(order.slice(at * batchSize, (at + 1) * batchSize)));
}
