import { corruptionNames, takeImages, type CorruptionName, type ImageSet, type Severity } from '@hypersphere/data';
import type { MetricName, MetricValue } from '@hypersphere/evaluation';

import { corruptedImages } from './corrupted-images';

const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5];

export interface CorruptedAccuracies {
  readonly name: CorruptionName;
  /** Share of images classified right, at severities 1 to 5. */
  readonly accuracies: readonly number[];
}

/**
 * Accuracy under each corruption at each severity.
 *
 * @param set colour images of 32 by 32 pixels
 * @param accuracy of the model, on images in the order of the set
 * @throws RangeError if the images are of another shape
 */
export async function corruptedAccuracies(set: ImageSet, accuracy: (images: ImageSet) => number): Promise<CorruptedAccuracies[]> {
  const all: CorruptedAccuracies[] = [];
  for (const name of corruptionNames) {
    const accuracies: number[] = [];
    for (const severity of SEVERITIES) {
      accuracies.push(accuracy(await corruptedImages(set, name, severity)));
    }
    all.push({ name, accuracies });
  }
  return all;
}

/** The mean error over corruptions and severities, plain (not in units of another network's), and the accuracy at each severity. */
export function corruptionMetrics(all: readonly CorruptedAccuracies[]): Partial<Record<MetricName, MetricValue>> {
  const bySeverity = SEVERITIES.map((severity) => mean(all.map(({ accuracies }) => accuracies[severity - 1] ?? NaN)));
  return {
    'classification.corruptionError': { value: 1 - mean(bySeverity) },
    ...Object.fromEntries(SEVERITIES.map((severity) => [`classification.top1Severity${severity}`, { value: bySeverity[severity - 1] ?? NaN }])),
  };
}

/** So many images at even steps through a set. */
export function someImages(set: ImageSet, count: number): ImageSet {
  const taken = Math.min(count, set.labels.length);
  return takeImages(set, Int32Array.from({ length: taken }, (_, at) => Math.floor((at * set.labels.length) / taken)));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
