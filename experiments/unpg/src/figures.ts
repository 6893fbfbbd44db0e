import { anglesOf, curvesOf, distractorsOf, dotsOf, pairGapsOf, rocOf, type FigurePlan } from '@hypersphere/experiment-kit';

import { MAIN, type Name } from './variants';

const HOSTS = ['CosFace', 'ArcFace', 'MagFace'] as const;
const withUnpg = HOSTS.map((host) => [`${host} + UNPG`, host] as const);

export const figures = {
  'roc-cosface': rocOf('Verification of unseen classes, CosFace without and with UNPG', ['CosFace', 'CosFace + UNPG']),
  'roc-arcface': rocOf('Verification of unseen classes, ArcFace without and with UNPG', ['ArcFace', 'ArcFace + UNPG']),
  'roc-magface': rocOf('Verification of unseen classes, MagFace without and with UNPG', ['MagFace', 'MagFace + UNPG']),
  'roc-same-typeface': rocOf('Verification against impostors of the same typeface', ['CosFace', 'CosFace + UNPG'], 'same-group'),
  'roc-few-classes': rocOf('Verification of unseen classes, 50 classes trained', ['few classes ArcFace', 'few classes ArcFace + UNPG', 'few classes Multi-Similarity', 'few classes Circle']),
  'gaps-to-host': pairGapsOf('What UNPG adds to its host, seed by seed', [
    ...withUnpg,
    ['CosFace + UNPG s=64', 'CosFace s=64'],
    ['ArcFace + UNPG s=64', 'ArcFace s=64'],
    ['MagFace + UNPG s=64', 'MagFace s=64'],
    ['few classes ArcFace + UNPG', 'few classes ArcFace'],
    ['10 % noise r=1.5', '10 % noise CosFace'],
    ['20 % noise r=1.5', '20 % noise CosFace'],
  ], MAIN),
  'gaps-by-batch': pairGapsOf('What UNPG adds to CosFace, by images of a batch', [['UNPG N=32', 'CosFace N=32'], ['CosFace + UNPG', 'CosFace'], ['UNPG N=200', 'CosFace N=200'], ['UNPG N=512', 'CosFace N=512']], MAIN),
  whisker: {
    kind: 'margin-sweep',
    title: 'Verification against the whisker of the filter, labels as they are',
    along: [[0, 'r=0'], [1, 'r=1'], [1.5, 'CosFace + UNPG'], [2, 'r=2']],
    axis: 'whisker r',
    metrics: [MAIN, 'geometry.overlap'],
    reference: { CosFace: 'CosFace', 'no filter': 'no filter' },
  },
  'whisker-10-noise': {
    kind: 'margin-sweep',
    title: 'Verification against the whisker of the filter, 10 % of the labels wrong',
    along: [[0, '10 % noise r=0'], [1, '10 % noise r=1'], [1.5, '10 % noise r=1.5'], [2, '10 % noise r=2']],
    axis: 'whisker r',
    metrics: [MAIN, 'geometry.overlap'],
    reference: { CosFace: '10 % noise CosFace', 'no filter': '10 % noise no filter' },
  },
  'whisker-20-noise': {
    kind: 'margin-sweep',
    title: 'Verification against the whisker of the filter, 20 % of the labels wrong',
    along: [[0, '20 % noise r=0'], [1, '20 % noise r=1'], [1.5, '20 % noise r=1.5'], [2, '20 % noise r=2']],
    axis: 'whisker r',
    metrics: [MAIN, 'geometry.overlap'],
    reference: { CosFace: '20 % noise CosFace', 'no filter': '20 % noise no filter' },
  },
  'batch-size': {
    kind: 'margin-sweep',
    title: 'Verification against the images of a batch, CosFace + UNPG',
    along: [[32, 'UNPG N=32'], [80, 'CosFace + UNPG'], [200, 'UNPG N=200'], [512, 'UNPG N=512']],
    axis: 'images a batch N',
    metrics: [MAIN, 'geometry.overlap'],
    reference: { 'CosFace, N = 80': 'CosFace' },
  },
  'batch-size-host': {
    kind: 'margin-sweep',
    title: 'Verification against the images of a batch, CosFace',
    along: [[32, 'CosFace N=32'], [80, 'CosFace'], [200, 'CosFace N=200'], [512, 'CosFace N=512']],
    axis: 'images a batch N',
    metrics: [MAIN, 'geometry.overlap'],
  },
  densities: anglesOf('All positive and negative pairs of unseen classes', ['CosFace', 'CosFace + UNPG', 'ArcFace', 'ArcFace + UNPG', 'MagFace', 'MagFace + UNPG']),
  separation: dotsOf('How far apart all positive and all negative pairs are', ['CosFace', 'CosFace + UNPG', 'ArcFace', 'ArcFace + UNPG', 'MagFace', 'MagFace + UNPG', 'no filter'], ['geometry.overlap', 'geometry.gap']),
  components: dotsOf('Negatives from prototypes, from the batch, from both', ['CosFace', 'in-batch only', 'CosFace + UNPG', 'pairs of the own row'], [MAIN, 'geometry.overlap']),
  'learning-curves': curvesOf('Training loss and validation retrieval', ['CosFace', 'CosFace + UNPG', 'ArcFace', 'ArcFace + UNPG'], 'retrieval.mapAtR'),
  distractors: distractorsOf('Identification among distractors', ['CosFace', 'CosFace + UNPG', 'MagFace', 'MagFace + UNPG']),
} satisfies Record<string, FigurePlan<Name>>;
