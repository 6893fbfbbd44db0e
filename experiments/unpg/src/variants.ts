import { lossRows, sweep, type VariantPlan } from '@hypersphere/experiment-kit';

import { kface, published } from './in-paper';
import { balanced, fewBalanced, fewClasses, inBatches, noisy, onArcface, onCosface, onMagface, publishedScale } from './rows';

/** Hosts and UNPG at equal settings, what takes UNPG apart, and where its argument should act: wrong labels, batches, few classes. */
export const variants = {
  CosFace: { ...lossRows.CosFace, inPaper: { loss: published.cosface } },
  'CosFace + UNPG': { ...onCosface(), inPaper: { loss: published['cosface + unpg'] } },
  ArcFace: { ...lossRows.ArcFace, inPaper: { loss: published.arcface } },
  'ArcFace + UNPG': { ...onArcface(), inPaper: { loss: published['arcface + unpg'] } },
  MagFace: { ...lossRows.MagFace, inPaper: { loss: published.magface } },
  'MagFace + UNPG': { ...onMagface(), inPaper: { loss: published['magface + unpg'] } },
  'UNPG at its own settings': lossRows.UNPG,
  ...sweep('r', [0, 1, 2], (whisker) => onCosface({ whisker })),
  'no filter': onCosface({ filter: false }),
  'in-batch only': onCosface({ classNegatives: false }),
  'pairs of the own row': onCosface({ pairs: 'row' }),
  ...publishedScale,
  '10 % noise CosFace': noisy(0.1, lossRows.CosFace),
  ...sweep('10 % noise r', [0, 1, 1.5, 2], (whisker) => noisy(0.1, onCosface({ whisker }))),
  '10 % noise no filter': noisy(0.1, onCosface({ filter: false })),
  '20 % noise CosFace': noisy(0.2, lossRows.CosFace),
  ...sweep('20 % noise r', [0, 1, 1.5, 2], (whisker) => noisy(0.2, onCosface({ whisker }))),
  '20 % noise no filter': noisy(0.2, onCosface({ filter: false })),
  ...sweep('CosFace N', [32, 200, 512], (images) => inBatches(images, lossRows.CosFace)),
  ...sweep('UNPG N', [32, 200, 512], (images) => inBatches(images, onCosface())),
  'few classes ArcFace': (base) => ({ ...fewClasses(lossRows.ArcFace)(base), inPaper: { ...kface, loss: published.arcface } }),
  'few classes ArcFace + UNPG': (base) => ({ ...fewClasses(onArcface({ whisker: 1 }))(base), inPaper: { ...kface, loss: { ...published['arcface + unpg'], whisker: 1 } } }),
  'few classes Multi-Similarity': fewBalanced(lossRows['Multi-Similarity']),
  'few classes Circle': fewBalanced(lossRows.Circle),
  contrastive: balanced(lossRows.contrastive),
  'N-pair': balanced(lossRows['N-pair']),
  'softmax + triplet': balanced(lossRows['softmax + triplet']),
  'softmax + contrast': balanced(lossRows['Contra-X']),
} as const satisfies Record<string, VariantPlan>;

export type Name = keyof typeof variants;
export const MAIN = 'verification.tarAtFar1e-3';

/** Rows of figures and tables that no claim compares and no interval is needed of: one seed in the standard profile. */
export const shownOnly = [
  'r=0', 'r=1', 'r=2', 'no filter', 'CosFace N=32', 'UNPG N=32', 'CosFace N=200', 'UNPG N=200',
  '10 % noise CosFace', '10 % noise r=0', '10 % noise r=1', '10 % noise r=1.5', '10 % noise r=2', '10 % noise no filter', '20 % noise r=1', '20 % noise r=2',
  'few classes Multi-Similarity', 'contrastive', 'N-pair', 'softmax + triplet', 'softmax + contrast',
] as const satisfies readonly Name[];
