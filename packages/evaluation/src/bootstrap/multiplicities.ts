import { draws } from '../random';

/**
 * Bootstrap over classes: how often each class is drawn when c classes are drawn from c with replacement.
 *
 * @returns one `[c]` per replicate; equal seeds give equal draws, so runs on the same classes can be paired
 */
export function classMultiplicities(classes: number, replicates: number, seed: number): Float64Array[] {
  const { integer } = draws(seed, 'bootstrap over classes');
  return Array.from({ length: replicates }, () => {
    const weights = new Float64Array(classes);
    for (let drawn = 0; drawn < classes; drawn++) weights[integer(classes)]!++;
    return weights;
  });
}
