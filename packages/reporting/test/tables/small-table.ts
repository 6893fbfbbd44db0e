import type { TableModel } from '../../src/tables';

/** Made-up numbers that use every kind of cell. */
export const smallTable: TableModel = {
  id: 'table-2',
  title: 'Table 2: losses on the same data',
  caption: 'Small network, 50 % of the classes & 10 seeds.',
  data: { published: 'CASIA', measured: 'Hangul, standard' },
  columns: {
    published: [{ key: 'LFW', title: 'LFW', unit: '%' }, { key: 'YTF', title: 'YTF', unit: '%' }],
    measured: [{ key: 'verification.tarAtFar1e-3', title: 'TAR@FAR=1e-3', as: 'percent', decimals: 1 }, { key: 'geometry.meanNorm', title: 'mean norm', as: 'number', decimals: 2 }],
  },
  rows: [
    {
      label: 'Softmax',
      variant: 'softmax',
      published: { values: { LFW: 97.88, YTF: 93.1 }, confidence: 'verified' },
      measured: {
        'verification.tarAtFar1e-3': { mean: 0.6789, low: 0.6689, high: 0.6889, sd: 0.014, seeds: 10, planned: 10, perSeed: [0.66, 0.7], diverged: 0 },
        'geometry.meanNorm': { mean: 12.345, low: 12, high: 13, seeds: 10 },
      },
    },
    {
      label: 'LMCL, m=0.35 (s|t)',
      variant: 'm=0.35',
      published: { values: { LFW: 99.33, YTF: null }, confidence: 'recalled', cellConfidence: { LFW: 'uncertain' } },
      measured: {
        'verification.tarAtFar1e-3': { mean: 0.774, low: 0.75, high: 0.79, seeds: 7, planned: 10, diverged: 2, stale: 3 },
        'geometry.meanNorm': 'missing',
      },
    },
    { label: 'A_Softmax*', variant: 'a-softmax', published: { values: { LFW: 99.42, YTF: 95 }, confidence: 'recalled' }, measured: { 'verification.tarAtFar1e-3': { mean: 0.7, low: -Infinity, high: Infinity, seeds: 1 } }, note: 'standard only' },
    { label: 'Triplet "semi"', published: { values: { LFW: 98.7, YTF: 93.4 }, confidence: 'verified' }, measured: {}, note: 'not trained here: needs video, <and> more' },
  ],
  agreement: [
    { published: 'LFW', measured: 'TAR@FAR=1e-3', agreement: { tau: 0.6667, low: 0.4, high: 0.8, rows: 8, seeds: 10 } },
    { published: 'YTF', measured: 'mean norm', agreement: undefined },
  ],
};
