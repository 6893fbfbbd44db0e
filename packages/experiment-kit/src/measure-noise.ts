import { dominantSubCentres, keepWithin, nearestSubCentres, type SubCentreData } from '@hypersphere/core-losses';
import type { MetricName, MetricValue } from '@hypersphere/evaluation';

/** Degrees from the dominant sub-centre beyond which images are dropped; the paper has 75. */
const DROP_ANGLES = [70, 75, 80, 85] as const;

/**
 * What sub-centres know of the label noise that was put into the training images: the share of noise among the images
 * nearest the dominant sub-centre of their class, and for each drop angle the shares of the noise found and of the right
 * images lost. With one centre a class all of its images are nearest the dominant one.
 *
 * @param data embeddings of the training images, their labels as trained, and the classifier
 * @param noisy `[n]`, 1 where an image or its label is wrong
 * @returns nothing for sets without noise
 * @see Deng et al., Sub-center ArcFace, ECCV 2020
 */
export function noiseMetrics(data: SubCentreData, noisy: Uint8Array): Partial<Record<MetricName, MetricValue>> {
  const wrong = noisy.reduce((sum, one) => sum + one, 0);
  const right = noisy.length - wrong;
  if (wrong === 0 || right === 0) return {};
  const dominant = dominantSubCentres(data);
  const inDominant = [...nearestSubCentres(data).entries()].filter(([i, nearest]) => nearest === dominant[data.labels[i] ?? 0]).map(([i]) => i);
  const wrongAmong = (indices: readonly number[]): number => indices.reduce((sum, i) => sum + (noisy[i] ?? 0), 0);
  const dropped = DROP_ANGLES.map((angle) => {
    const kept = keepWithin(data, dominant, angle);
    const wrongKept = wrongAmong(kept);
    return { [`noise.found${angle}`]: { value: 1 - wrongKept / wrong }, [`noise.lost${angle}`]: { value: 1 - (kept.length - wrongKept) / right } };
  });
  return Object.assign({ 'noise.dominant': { value: wrongAmong(inDominant) / inDominant.length } }, ...dropped) as Partial<Record<MetricName, MetricValue>>;
}
