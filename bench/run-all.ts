import { HypersphereError } from '@hypersphere/engine';

/**
 * Measures items one after the other. One that cannot be measured, since its sides disagree or a side ends with an error, is
 * reported and keeps its old result; the others go on.
 *
 * @param measure measures one item and stores its result
 * @throws HypersphereError at the end, with the names of those that failed
 */
export async function runAll<Item extends { readonly id: string }>(items: readonly Item[], measure: (item: Item) => Promise<void>, log: (line: string) => void): Promise<void> {
  const failed: string[] = [];
  for (const item of items) {
    try {
      await measure(item);
    } catch (error) {
      if (!(error instanceof HypersphereError)) throw error;
      failed.push(item.id);
      log(`${item.id} failed, its old result is kept: ${error.message}`);
    }
  }
  if (failed.length > 0) throw new HypersphereError(`bench: ${failed.length} of ${items.length} items failed: ${failed.join(', ')}`);
}
