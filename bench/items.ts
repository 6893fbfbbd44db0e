import { manyClasses } from './classes/item';
import { evaluations } from './evaluation/item';
import { input } from './input/item';
import type { BenchItem, CurveItem } from './item';
import { lossGradients } from './losses/item';
import { threads } from './threads/item';
import { trainingSteps } from './training-step/item';

/** All that the bench measures, but for the profile. */
export const ITEMS: readonly (BenchItem | CurveItem)[] = [...trainingSteps, ...lossGradients, ...evaluations, ...input, ...threads, ...manyClasses];

/** Why an item misses its target, where it says so. */
export function whyOf(id: string): string | undefined {
  const item = ITEMS.find((one) => one.id === id);
  return item !== undefined && 'why' in item ? item.why : undefined;
}
