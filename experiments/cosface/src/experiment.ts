import {
  above,
  aboveAll,
  adam,
  angularTriplet,
  anglesOf,
  casiaWebFace,
  circleOf,
  curvesOf,
  defineExperiment,
  digitsOnCircle,
  distractorsOf,
  exact,
  level,
  lossRows,
  notBelow,
  notHere,
  notTrained,
  openSetHangul,
  peaksInside,
  pretrained,
  rises,
  rocOf,
  smokeSize,
  sweep,
  tuned,
  type RunConfig,
} from '@hypersphere/experiment-kit';

const { learningRate, scale } = tuned.cosface;
const lmcl = (margin: number) =>
  ({
    loss: { name: 'cosface', scale, margin },
    optimiser: adam(learningRate),
    inPaper: { loss: { name: 'cosface', scale: 64, margin } },
  }) as const;
const withoutFeatureNorm = { loss: { name: 'cosface', margin: 0.35, normaliseFeatures: false }, optimiser: adam(learningRate) } as const;
const onCircle = digitsOnCircle(2);

/** A share of the training classes, for as many steps as with all of them. */
const ofClasses = (share: number) => ({ data, schedule }: RunConfig) => ({
  ...lmcl(0.35),
  data: data.name === 'hangul' && data.trainClasses !== undefined ? { ...data, trainClasses: Math.round(share * data.trainClasses) } : data,
  schedule: { ...schedule, steps: undefined, epochs: (schedule.epochs ?? 1) / share },
});

/** CosFace: a margin taken off the target cosine. Paper: 64-layer network on CASIA-WebFace; here Hangul (see README). */
export default defineExperiment({
  id: 'cosface',
  paper: {
    title: 'CosFace: Large Margin Cosine Loss for Deep Face Recognition',
    authors: 'Hao Wang, Yitong Wang, Zheng Zhou, Xing Ji, Dihong Gong, Jingchao Zhou, Zhifeng Li, Wei Liu',
    venue: 'CVPR',
    year: 2018,
    url: 'https://arxiv.org/abs/1801.09414',
  },
  idea: 'A margin taken off the target cosine',
  main: 'm=0.35',
  metrics: ['verification.tarAtFar1e-3', 'verification.accuracy', 'identification.rank1', 'verification.tarAtFar1e-4SameGroup'],

  variants: {
    softmax: { loss: { name: 'softmax' }, optimiser: adam(tuned.softmax.learningRate) },
    'softmax smoothed': lossRows.softmax,
    'm=0': { loss: { name: 'normface', scale: tuned.normface.scale }, optimiser: adam(tuned.normface.learningRate), inPaper: { loss: { name: 'normface', scale: 64 } } },
    ...sweep('m', [0.15, 0.25, 0.35, 0.45, 0.6, 0.9], lmcl),
    'paper s, m': { loss: { name: 'cosface', scale: 64, margin: 0.35 }, optimiser: adam(learningRate) },
    'without feature norm, after softmax': pretrained(withoutFeatureNorm),
    'without feature norm': withoutFeatureNorm,
    'quarter of the classes': ofClasses(0.25),
    'half of the classes': ofClasses(0.5),
    'A-Softmax': {
      loss: { name: 'sphereface', margin: 4 },
      optimiser: adam(tuned.sphereface.learningRate),
    },
    'A-Softmax-NormFea': {
      loss: { name: 'sphereface', margin: 4, normaliseFeatures: true, scale },
      optimiser: adam(tuned.sphereface.learningRate),
      inPaper: { loss: { name: 'sphereface', margin: 4, normaliseFeatures: true, scale: 64 } },
    },
    'softmax+center': {
      loss: { name: 'softmaxWithCenter', weight: tuned.softmaxWithCenter.weight },
      optimiser: adam(tuned.softmaxWithCenter.learningRate),
      inPaper: { loss: { name: 'softmaxWithCenter', weight: 0.008 } },
    },
    triplet: angularTriplet,
    'L-Softmax': lossRows['L-Softmax'],
    ...sweep('s', [1, 4, 8, 32, 64], (value) => ({ loss: { name: 'normface', scale: value }, optimiser: adam(tuned.normface.learningRate) })),
    'circle softmax': { ...onCircle, loss: { name: 'softmax' } },
    'circle m=0': { ...onCircle, loss: { name: 'normface', scale: 16 } },
    'circle m=0.1': { ...onCircle, loss: { name: 'cosface', scale: 16, margin: 0.1 } },
    'circle m=0.2': { ...onCircle, loss: { name: 'cosface', scale: 16, margin: 0.2 } },
  },

  profiles: {
    smoke: { base: openSetHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: {
      base: openSetHangul.quick,
      seeds: [0],
      variants: ['softmax', 'm=0', 'm=0.15', 'm=0.35', 'm=0.45', 'A-Softmax'],
      once: ['circle softmax', 'circle m=0.2'],
    },
    standard: {
      base: openSetHangul.standard,
      seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      seedsOfOthers: [0, 1, 2],
      variants: [
        'softmax', 'softmax smoothed', 'm=0', 'm=0.15', 'm=0.25', 'm=0.35', 'm=0.45', 'm=0.6', 'm=0.9', 'paper s, m', 'without feature norm, after softmax', 'without feature norm',
        'quarter of the classes', 'half of the classes', 'A-Softmax', 'A-Softmax-NormFea', 'softmax+center', 'L-Softmax', 's=1', 's=4', 's=8', 's=32', 's=64',
      ],
      once: ['triplet', 'circle softmax', 'circle m=0', 'circle m=0.1', 'circle m=0.2'],
    },
    paper: {
      base: casiaWebFace({ backbone: { name: 'sfnet', depth: 64 }, steps: 30_000, dropAt: [16_000, 24_000, 28_000], batchSize: 512, size: [112, 96], mirror: 'concat' }),
      seeds: [0],
      variants: ['softmax', 'm=0', 'm=0.15', 'm=0.25', 'm=0.35', 'm=0.45', 'A-Softmax', 'A-Softmax-NormFea', 'softmax+center'],
    },
  },

  tables: {
    'table-1': {
      rows: { 'without feature normalisation (softmax-initialised)': 'without feature norm, after softmax', 'with feature normalisation': 'm=0.35' },
      ours: { 'without feature normalisation, from random weights': 'without feature norm' },
      columns: { LFW: 'verification.accuracy', YTF: null, MF1_rank1: 'identification.rank1', 'MF1_TAR@FAR1e-6': 'verification.tarAtFar1e-3' },
      note: 'After softmax: half of the epochs are those of the first stage, so that all rows see as many images.',
    },
    'table-2': {
      rows: {
        Softmax: 'softmax',
        'Softmax+Contrastive': notTrained('a contrastive term joined to softmax is not in the registry'),
        Triplet: 'triplet',
        'L-Softmax': 'L-Softmax',
        'Softmax+Center': 'softmax+center',
        'A-Softmax': 'A-Softmax',
        'A-Softmax-NormFea': 'A-Softmax-NormFea',
        LMCL: 'm=0.35',
      },
      ours: { 'Softmax with label smoothing 0.05, the best on validation classes': 'softmax smoothed', 'NSL (m = 0)': 'm=0', 'LMCL, s = 64 as in the paper': 'paper s, m' },
      columns: { LFW: 'verification.accuracy', YTF: null, MF1_rank1: 'identification.rank1', 'MF1_TAR@FAR1e-6': 'verification.tarAtFar1e-3' },
      note: `L-Softmax has m = ${tuned.lSoftmax.margin} here`,
    },
  },

  figures: {
    'margin-sweep': {
      kind: 'margin-sweep',
      title: 'Verification and identification against the margin (as Figure 5)',
      along: [[0, 'm=0'], [0.15, 'm=0.15'], [0.25, 'm=0.25'], [0.35, 'm=0.35'], [0.45, 'm=0.45'], [0.6, 'm=0.6'], [0.9, 'm=0.9']],
      axis: 'margin m',
      metrics: ['verification.tarAtFar1e-3', 'identification.rank1'],
      reference: { softmax: 'softmax' },
    },
    'scale-sweep': {
      kind: 'margin-sweep',
      title: 'Verification and identification against the scale, without a margin',
      along: [[1, 's=1'], [4, 's=4'], [8, 's=8'], [32, 's=32'], [64, 's=64']],
      axis: 'scale s',
      metrics: ['verification.tarAtFar1e-3', 'identification.rank1'],
      reference: { [`s = ${tuned.normface.scale}`]: 'm=0' },
    },
    roc: rocOf('Verification of unseen classes', ['softmax', 'm=0', 'm=0.35', 'A-Softmax']),
    'roc-same-typeface': rocOf('Verification against impostors of the same typeface', ['softmax', 'm=0', 'm=0.35', 'A-Softmax'], 'same-group'),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['softmax', 'm=0', 'm=0.35', 'A-Softmax'], 'retrieval.mapAtR'),
    circle: circleOf('Digits in two dimensions under a growing margin (as Figure 4)', ['circle softmax', 'circle m=0', 'circle m=0.1', 'circle m=0.2']),
    angles: anglesOf('Angles of genuine and impostor pairs of unseen classes', ['softmax', 'm=0', 'm=0.35']),
    distractors: distractorsOf('Identification among distractors', ['softmax', 'm=0', 'm=0.35', 'A-Softmax']),
    'scale-bound': { kind: 'scale-bound', title: 'Least scale against the number of classes (equation 6)', probabilities: [0.5, 0.9, 0.99, 0.999], classes: [2, 100_000] },
  },

  ablations: {
    margin: { says: 'the margin at the tuned scale', from: 'm=0.35', vary: { 'loss.margin': [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1] }, metric: 'verification.tarAtFar1e-3' },
    scale: { says: 'the scale against its lower bound', from: 'm=0', vary: { 'loss.scale': [1, 2, 4, 8, 16, 32, 64] }, metric: 'verification.tarAtFar1e-3' },
    'feature-norm': {
      says: 'feature normalisation at two margins',
      from: 'm=0.35',
      vary: { 'loss.normaliseFeatures': [true, false], 'loss.margin': [0.15, 0.35] },
      metric: 'verification.tarAtFar1e-3',
    },
    'margin-and-scale': { says: 'margin and scale together', from: 'm=0.35', vary: { 'loss.margin': [0.2, 0.35, 0.5], 'loss.scale': [8, 16, 32, 64] }, metric: 'verification.tarAtFar1e-3' },
    'search-softmax': { says: 'settings of softmax', search: true, seeds: [100, 101], from: 'softmax', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.labelSmoothing': [0, 0.05, 0.1] }, metric: 'verification.tarAtFar1e-3' },
    'search-normface': { says: 'settings of normalised softmax', search: true, seeds: [100, 101], from: 'm=0', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.scale': [4, 6, 10, 16, 24] }, metric: 'verification.tarAtFar1e-3' },
    'search-cosface': { says: 'settings of CosFace', search: true, seeds: [100, 101], from: 'm=0.35', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.scale': [6, 10, 16, 24] }, metric: 'verification.tarAtFar1e-3' },
  },

  claims: {
    C1: {
      says: 'accuracy rises with the margin from 0 to about 0.35',
      inPaper: 'Figure 5, CASIA-WebFace to LFW and YTF; section 4.2',
      expect: rises(['m=0', 'm=0.15', 'm=0.25', 'm=0.35'], 'verification.tarAtFar1e-3'),
    },
    C2: {
      says: 'a margin that is too large hurts (in the paper training fails above 0.45)',
      inPaper: 'Figure 5; section 4.2',
      expect: peaksInside(['m=0', 'm=0.15', 'm=0.25', 'm=0.35', 'm=0.45', 'm=0.6', 'm=0.9'], 'verification.tarAtFar1e-3'),
    },
    C3: {
      says: 'feature normalisation helps (without it training starts from softmax)',
      inPaper: 'Table 1',
      published: [['table-1', 'without feature normalisation (softmax-initialised)', 'LFW'], ['table-1', 'with feature normalisation', 'LFW']],
      expect: above('m=0.35', 'without feature norm, after softmax', 'verification.tarAtFar1e-3'),
    },
    C4: {
      says: 'LMCL is above softmax (here: without and with label smoothing)',
      inPaper: 'Table 2, LFW and MegaFace',
      published: [['table-2', 'Softmax', 'MF1_rank1'], ['table-2', 'LMCL', 'MF1_rank1']],
      expect: aboveAll('m=0.35', ['softmax', 'softmax smoothed'], 'identification.rank1'),
    },
    C5: {
      says: 'LMCL identifies better than A-Softmax',
      inPaper: 'Table 2, MegaFace',
      published: [['table-2', 'A-Softmax', 'MF1_rank1'], ['table-2', 'LMCL', 'MF1_rank1']],
      expect: above('m=0.35', 'A-Softmax', 'identification.rank1'),
    },
    C6: {
      says: 'LMCL and A-Softmax-NormFea are level on LFW',
      inPaper: 'Table 2',
      published: [['table-2', 'A-Softmax-NormFea', 'LFW'], ['table-2', 'LMCL', 'LFW']],
      expect: level('m=0.35', 'A-Softmax-NormFea', 0.005, 'verification.accuracy'),
    },
    C7: {
      says: 'feature normalisation helps A-Softmax in identification',
      inPaper: 'Table 2, MegaFace (on LFW it does not)',
      published: [['table-2', 'A-Softmax', 'MF1_rank1'], ['table-2', 'A-Softmax-NormFea', 'MF1_rank1']],
      expect: above('A-Softmax-NormFea', 'A-Softmax', 'identification.rank1'),
    },
    C8: {
      says: 'a scale below the bound cannot reach the posterior',
      inPaper: 'Equation 6 and its proof',
      expect: exact('packages/core-losses/test/theory/reached-posterior: stays below the posterior'),
    },
    C9: { says: 'the bound of the scale grows with the number of classes', inPaper: 'Equation 6', expect: exact('packages/core-losses/test/theory/scale-lower-bound: is the scale at which a regular simplex has that posterior') },
    C10: { says: 'the margin is bounded by 1 - cos(2 pi / C) in two dimensions', inPaper: 'Equation 7', expect: exact('packages/core-losses/test/theory/margin-upper-bound: marginUpperBound') },
    C11: { says: 'more training data helps (ten times as many images; here four times as many classes, for as many steps)', inPaper: 'Tables 3 and 4', expect: above('m=0.35', 'quarter of the classes', 'verification.tarAtFar1e-3') },
    C12: { says: 'an ensemble of three face patches helps', inPaper: 'Tables 4 and 5', expect: notHere('glyphs have no patches that correspond to those of an aligned face') },
    C13: { says: 'with a small scale convergence is insufficient', inPaper: 'Section 3.2, on equation 6', expect: above('s=8', 's=1', 'verification.tarAtFar1e-3') },
    C14: {
      says: 'LMCL verifies no worse than A-Softmax (ahead on YTF, a little behind on LFW)',
      inPaper: 'Table 2, YTF and LFW',
      published: [['table-2', 'A-Softmax', 'LFW'], ['table-2', 'LMCL', 'LFW'], ['table-2', 'A-Softmax', 'YTF'], ['table-2', 'LMCL', 'YTF']],
      expect: notBelow('m=0.35', 'A-Softmax', 0.005, 'verification.accuracy'),
    },
  },
});
