import type { Ablation } from '@hypersphere/experiment-kit';

import { MAIN, type Name } from './variants';

/** Drops no pair: the whiskers are longer than any cosine. */
const NO_FILTER = 1000;

/** Where should negative pairs of the batch help? Validation classes, seeds of their own; the host at every point. */
const regime = (from: Name, against: Name, vary: Ablation<Name>['vary']): Ablation<Name> => ({ says: `${from} and ${against} where data and batches differ`, search: true, seeds: [100, 101], from, against, vary, metric: MAIN });

export const studies = {
  whisker: { says: 'the whisker of the filter under wrong labels', from: '10 % noise r=1.5', against: '10 % noise CosFace', vary: { 'loss.whisker': [0, 1, 1.5, 2, NO_FILTER], 'data.labelNoise.share': [0, 0.1, 0.2] }, metric: MAIN },
  batch: { says: 'images of a batch, as many epochs', from: 'CosFace + UNPG', against: 'CosFace', vary: { 'schedule.batchSize': [32, 64, 128, 256, 512] }, metric: MAIN },
  pairs: { says: 'which negatives a positive is held against', from: 'CosFace + UNPG', against: 'CosFace', vary: { 'loss.pairs': ['batch', 'row'], 'loss.classNegatives': [true, false] }, metric: MAIN },
  scale: { says: 'the scale, which multiplies the pairs too', from: 'CosFace + UNPG', against: 'CosFace', vary: { 'loss.scale': [6, 10, 16, 32, 64] }, metric: MAIN },
  'search-unpg': { says: 'settings of CosFace + UNPG in shuffled batches', search: true, seeds: [100, 101], from: 'CosFace + UNPG', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.scale': [6, 10, 16, 24] }, metric: MAIN },
  'regime-data': regime('10 % noise r=1.5', '10 % noise CosFace', { 'schedule.batchSize': [32, 80, 160], 'data.trainClasses': [50, 200, 400], 'data.labelNoise.share': [0, 0.2], 'loss.whisker': [1.5, NO_FILTER] }),
  'regime-scale': regime('CosFace + UNPG', 'CosFace', { 'loss.scale': [10, 24, 64], 'schedule.batchSize': [32, 80, 160], 'loss.whisker': [1.5, NO_FILTER] }),
  'regime-arcface': regime('ArcFace + UNPG', 'ArcFace', { 'loss.scale': [10, 24, 64], 'schedule.batchSize': [32, 80, 160] }),
  'regime-few-classes': regime('few classes ArcFace + UNPG', 'few classes ArcFace', { 'data.trainClasses': [20, 50, 100], 'loss.scale': [10, 64], 'schedule.augmentation.shiftPixels': [2, 4] }),
} satisfies Record<string, Ablation<Name>>;
