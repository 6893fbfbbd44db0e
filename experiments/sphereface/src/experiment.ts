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
  diverges,
  exact,
  level,
  lossRows,
  notHere,
  notTrained,
  openSetHangul,
  rises,
  rocOf,
  smokeSize,
  sphereOf,
  sweep,
  tuned,
} from '@hypersphere/experiment-kit';

const { learningRate } = tuned.sphereface;
const softmax = { loss: { name: 'softmax' }, optimiser: adam(tuned.softmax.learningRate) } as const;
const aSoftmax = (margin: number) => ({ loss: { name: 'sphereface', margin }, optimiser: adam(learningRate) }) as const;

/** SphereFace's own network, narrowed to the size of the images; no batch norm, so it has a learning rate of its own. */
const sfnet = (depth: 4 | 10 | 20, lastRelu = false) => ({ backbone: { name: 'sfnet', depth, width: 16, embeddingDim: 64, lastRelu }, optimiser: adam(tuned.sfnet.learningRate) }) as const;
const DEPTHS = [4, 10, 20] as const;

const onCircle = digitsOnCircle(2);
const onSphere = digitsOnCircle(3);

/** SphereFace: an angular margin that multiplies the angle. Paper: SFNet on CASIA-WebFace; here Hangul (see README). */
export default defineExperiment({
  id: 'sphereface',
  paper: {
    title: 'SphereFace: Deep Hypersphere Embedding for Face Recognition',
    authors: 'Weiyang Liu, Yandong Wen, Zhiding Yu, Ming Li, Bhiksha Raj, Le Song',
    venue: 'CVPR',
    year: 2017,
    url: 'https://arxiv.org/abs/1704.08063',
  },
  idea: 'A margin that multiplies the target angle',
  main: 'm=4',
  metrics: ['verification.tarAtFar1e-3', 'verification.accuracy', 'identification.rank1', 'geometry.angularFisher'],

  variants: {
    softmax,
    'softmax smoothed': lossRows.softmax,
    ...sweep('m', [1, 2, 3, 4], aSoftmax),
    'softmax+center': {
      loss: { name: 'softmaxWithCenter', weight: tuned.softmaxWithCenter.weight },
      optimiser: adam(tuned.softmaxWithCenter.learningRate),
      inPaper: { loss: { name: 'softmaxWithCenter', weight: 0.008 } },
    },
    triplet: angularTriplet,
    'L-Softmax': lossRows['L-Softmax'],
    'm=4 released gradient': { loss: { name: 'sphereface', margin: 4, gradient: 'released' }, optimiser: adam(learningRate) },
    'SphereFace-R': { loss: { name: 'sphereface', form: 'detached', margin: 1.5, normaliseFeatures: true, scale: tuned.normface.scale }, optimiser: adam(tuned.normface.learningRate) },
    'without annealing': ({ schedule }) => ({ ...aSoftmax(4), schedule: { ...schedule, annealing: { lambda: { base: 0, floor: 0 } } } }),
    ...sweep('softmax layers', DEPTHS, (depth) => ({ ...sfnet(depth), loss: { name: 'softmax' } })),
    ...sweep('A-Softmax layers', DEPTHS, (depth) => ({ ...sfnet(depth), loss: { name: 'sphereface', margin: 4 } })),
    '4 layers, last ReLU': { ...sfnet(4, true), loss: { name: 'softmax' } },
    '4 layers, no biases': { ...sfnet(4), loss: { name: 'softmax', biases: false } },
    ...sweep('4 layers, m', [1, 2, 3], (margin) => ({ ...sfnet(4), loss: { name: 'sphereface', margin } })),
    'long tail': (base) => ({ ...softmax, data: { ...base.data, longTail: { ratio: 8 } } }),
    'circle softmax': { ...onCircle, loss: { name: 'softmax' } },
    ...sweep('circle m', [1, 2, 3, 4], (margin) => ({ ...onCircle, loss: { name: 'sphereface', margin } })),
    ...sweep('sphere m', [1, 2, 3, 4], (margin) => ({ ...onSphere, loss: { name: 'sphereface', margin } })),
  },

  profiles: {
    smoke: { base: openSetHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: {
      base: openSetHangul.quick,
      seeds: [0],
      variants: ['softmax', 'm=1', 'm=2', 'm=3', 'm=4'],
      once: ['circle softmax', 'circle m=4'],
    },
    standard: {
      base: openSetHangul.standard,
      seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      seedsOfOthers: [0, 1, 2],
      variants: [
        'softmax', 'softmax smoothed', 'm=1', 'm=2', 'm=3', 'm=4', 'softmax+center', 'L-Softmax', 'm=4 released gradient', 'SphereFace-R', 'without annealing',
        'softmax layers=4', 'softmax layers=10', 'softmax layers=20', 'A-Softmax layers=4', 'A-Softmax layers=10', 'A-Softmax layers=20',
        '4 layers, last ReLU', '4 layers, no biases', '4 layers, m=1', '4 layers, m=2', '4 layers, m=3',
      ],
      once: ['triplet', 'long tail', 'circle softmax', 'circle m=1', 'circle m=2', 'circle m=3', 'circle m=4', 'sphere m=1', 'sphere m=2', 'sphere m=3', 'sphere m=4'],
    },
    paper: {
      base: casiaWebFace({ backbone: { name: 'sfnet', depth: 64 }, steps: 28_000, dropAt: [16_000, 24_000], batchSize: 512, size: [112, 96], mirror: 'concat' }),
      seeds: [0],
      variants: ['softmax', 'm=1', 'm=2', 'm=3', 'm=4', 'softmax+center'],
    },
  },

  tables: {
    'table-3': {
      rows: { softmax: 'softmax', 'A-Softmax m=1': 'm=1', 'A-Softmax m=2': 'm=2', 'A-Softmax m=3': 'm=3', 'A-Softmax m=4': 'm=4' },
      ours: {
        'softmax with label smoothing 0.05, the best on validation classes': 'softmax smoothed',
        'm=4, released gradient': 'm=4 released gradient',
        'SphereFace-R, m=1.5': 'SphereFace-R',
      },
      columns: { LFW: 'verification.accuracy', YTF: 'verification.tarAtFar1e-3' },
      note: 'YTF has no counterpart here; TAR at FAR 1e-3 stands beside it.',
    },
    'table-4': {
      rows: {
        Softmax: 'softmax',
        'Softmax+Contrastive': notTrained('a contrastive term joined to softmax is not in the registry'),
        Triplet: 'triplet',
        'L-Softmax (m=4)': 'L-Softmax',
        'Softmax+Center': 'softmax+center',
        'SphereFace (A-Softmax m=4)': 'm=4',
      },
      ours: { 'softmax with label smoothing 0.05, the best on validation classes': 'softmax smoothed' },
      columns: { LFW: 'verification.accuracy', YTF: 'verification.tarAtFar1e-3' },
      note: `YTF has no counterpart here; TAR at FAR 1e-3 stands beside it. L-Softmax has m = ${tuned.lSoftmax.margin} here`,
    },
    'table-5': {
      rows: { Softmax: 'softmax', 'Softmax+Center': 'softmax+center', 'SphereFace single model': 'm=4' },
      columns: { MF1_rank1: 'identification.rank1', 'MF1_TAR@FAR1e-6': 'verification.tarAtFar1e-3' },
    },
    'table-6': {
      rows: {
        'baseline softmax': '4 layers, last ReLU',
        '+ remove last ReLU': 'softmax layers=4',
        '+ remove biases': '4 layers, no biases',
        '+ normalise W (m=1)': '4 layers, m=1',
        '+ A-Softmax m=2': '4 layers, m=2',
        '+ A-Softmax m=3': '4 layers, m=3',
        '+ A-Softmax m=4': 'A-Softmax layers=4',
      },
      columns: { LFW: 'verification.accuracy', AFS: 'geometry.angularFisher' },
    },
    'table-7': {
      rows: {
        'Softmax 64-layer': notTrained('64 layers are out of reach of the lab profiles; compare the softmax rows below'),
        'A-Softmax 4-layer': 'A-Softmax layers=4',
        'A-Softmax 10-layer': 'A-Softmax layers=10',
        'A-Softmax 20-layer': 'A-Softmax layers=20',
      },
      ours: { 'Softmax 4-layer': 'softmax layers=4', 'Softmax 10-layer': 'softmax layers=10', 'Softmax 20-layer': 'softmax layers=20' },
      columns: { MF1_rank1: 'identification.rank1', 'MF1_TAR@FAR1e-6': 'verification.tarAtFar1e-3' },
    },
  },

  figures: {
    'margin-sweep': {
      kind: 'margin-sweep',
      title: 'Verification and identification against the margin (Table 3)',
      along: [[1, 'm=1'], [2, 'm=2'], [3, 'm=3'], [4, 'm=4']],
      axis: 'margin m (multiplier of the angle)',
      metrics: ['verification.tarAtFar1e-3', 'identification.rank1'],
      reference: { softmax: 'softmax' },
    },
    roc: rocOf('Verification of unseen classes', ['softmax', 'm=1', 'm=2', 'm=4']),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['softmax', 'm=1', 'm=4'], 'retrieval.mapAtR'),
    circle: circleOf('Digits in two dimensions under a growing margin (as Figure 12)', ['circle softmax', 'circle m=1', 'circle m=2', 'circle m=3', 'circle m=4']),
    sphere: sphereOf('Digits in three dimensions under a growing margin (as Figure 5)', ['sphere m=1', 'sphere m=2', 'sphere m=3', 'sphere m=4']),
    angles: anglesOf('Angles of genuine and impostor pairs of digits (as Figure 5)', ['sphere m=1', 'sphere m=2', 'sphere m=3', 'sphere m=4']),
    'angles-unseen': anglesOf('Angles of genuine and impostor pairs of unseen classes', ['softmax', 'm=1', 'm=4']),
    distractors: distractorsOf('Identification among distractors', ['softmax', 'm=1', 'm=4']),
    'class-norm': { kind: 'norm-against-class-size', title: 'Norm of a class weight against the size of its class, softmax (as Figure 9)', variant: 'long tail' },
    psi: { kind: 'psi', title: 'The piecewise target logit for m = 1 to 4 (equation 7)', margins: [1, 2, 3, 4] },
  },

  ablations: {
    margin: { says: 'the margin', from: 'm=4', vary: { 'loss.margin': [1, 2, 3, 4] }, metric: 'verification.tarAtFar1e-3' },
    lambda: { says: 'the floor of lambda', from: 'm=4', vary: { 'schedule.annealing.lambda.floor': [0.5, 1, 2, 5, 10, 20] }, metric: 'verification.tarAtFar1e-3' },
    gradient: { says: 'exact gradient and that of the released layer', from: 'm=4', vary: { 'loss.gradient': ['exact', 'released'], 'loss.margin': [2, 4] }, metric: 'verification.tarAtFar1e-3' },
    depth: { says: 'depth of the network under A-Softmax', from: 'A-Softmax layers=4', vary: { 'backbone.depth': [4, 10, 20] }, metric: 'verification.tarAtFar1e-3' },
    'search-sphereface': { says: 'settings of A-Softmax', search: true, seeds: [100, 101], from: 'm=4', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'schedule.annealing.lambda.floorAtStep': [150, 300, 400, 450] }, metric: 'verification.tarAtFar1e-3' },
    'search-center': { says: 'settings of softmax with centre loss', search: true, seeds: [100, 101], from: 'softmax+center', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.weight': [0.003, 0.01, 0.03] }, metric: 'verification.tarAtFar1e-3' },
    'search-sfnet': { says: 'learning rate of the network without batch norm', search: true, seeds: [100, 101], from: 'softmax layers=4', vary: { 'optimiser.learningRate': [0.0005, 0.001, 0.002, 0.004], 'loss.labelSmoothing': [0, 0.05, 0.1] }, metric: 'verification.tarAtFar1e-3' },
  },

  claims: {
    C1: { says: 'a larger m gives higher accuracy, m = 1 to 4', inPaper: 'Table 3, LFW', published: [['table-3', 'A-Softmax m=1', 'LFW'], ['table-3', 'A-Softmax m=4', 'LFW']], expect: rises(['m=1', 'm=2', 'm=3', 'm=4'], 'verification.tarAtFar1e-3') },
    C2: { says: 'the same on videos', inPaper: 'Table 3, YTF', published: [['table-3', 'A-Softmax m=1', 'YTF'], ['table-3', 'A-Softmax m=4', 'YTF']], expect: notHere('no video among the embedded data') },
    C3: { says: 'modified softmax (m = 1) is about level with softmax', inPaper: 'Table 3', published: [['table-3', 'softmax', 'LFW'], ['table-3', 'A-Softmax m=1', 'LFW']], expect: level('m=1', 'softmax', 0.005, 'verification.accuracy') },
    C4: { says: 'A-Softmax with m = 4 is above softmax (here: without and with label smoothing)', inPaper: 'Tables 3 and 4', published: [['table-3', 'softmax', 'LFW'], ['table-3', 'A-Softmax m=4', 'LFW']], expect: aboveAll('m=4', ['softmax', 'softmax smoothed'], 'verification.tarAtFar1e-3') },
    C5: { says: 'A-Softmax is above softmax with centre loss and above L-Softmax', inPaper: 'Table 4', published: [['table-4', 'Softmax+Center', 'LFW'], ['table-4', 'L-Softmax (m=4)', 'LFW'], ['table-4', 'SphereFace (A-Softmax m=4)', 'LFW']], expect: aboveAll('m=4', ['softmax+center', 'L-Softmax'], 'verification.tarAtFar1e-3') },
    C6: { says: 'A-Softmax is above softmax with a network of 4 layers', inPaper: 'Figure 6', expect: above('A-Softmax layers=4', 'softmax layers=4', 'verification.tarAtFar1e-3') },
    C7: { says: 'the gap shows in identification among distractors (here: to softmax without and with label smoothing)', inPaper: 'Table 5, MegaFace', published: [['table-5', 'Softmax', 'MF1_rank1'], ['table-5', 'SphereFace single model', 'MF1_rank1']], expect: aboveAll('m=4', ['softmax', 'softmax smoothed'], 'identification.rank1') },
    C8: { says: 'a 4-layer network with A-Softmax is above a much deeper one with softmax', inPaper: 'Table 7 (64 layers; here 20)', expect: above('A-Softmax layers=4', 'softmax layers=20', 'identification.rank1') },
    C9: { says: 'the norm of a class weight grows with the size of the class under softmax', inPaper: 'Figure 9', expect: notHere('shown as a figure with its rank correlation; what is judged are gaps between variants, and a correlation is none') },
    C10: { says: 'the angular Fisher score falls as m grows', inPaper: 'Table 6', expect: above('m=4', 'm=1', 'geometry.angularFisher') },
    C11: { says: 'removing the last ReLU helps (4 layers)', inPaper: 'Table 6', expect: above('softmax layers=4', '4 layers, last ReLU', 'verification.tarAtFar1e-3') },
    C12: { says: 'the smallest m for which classes are nearer within than between is 2 + sqrt(3) for two classes and 3 for more', inPaper: 'Properties 2 and 3', expect: exact('packages/core-losses/test/theory/angular-margin-bounds: needs m above') },
    C13: { says: 'without annealing m = 4 does not train', inPaper: 'Section on optimisation; notes of the released code', expect: diverges('without annealing') },
    C14: { says: 'the piecewise target is continuous and falls on [0, pi]', inPaper: 'Equation 7', expect: exact('packages/core-losses/test/math/sphereface-psi: psi') },
    C15: { says: 'A-Softmax is above the triplet loss, and above softmax joined with a contrastive loss', inPaper: 'Table 4', published: [['table-4', 'Triplet', 'LFW'], ['table-4', 'Softmax+Contrastive', 'LFW'], ['table-4', 'SphereFace (A-Softmax m=4)', 'LFW']], expect: notHere('triplets from random weights collapse at every setting searched, so to be above them says nothing; contrastive joined to softmax is not in the registry') },
    C16: { says: 'A-Softmax is above softmax with a network of 20 layers', inPaper: 'Figure 6', expect: above('A-Softmax layers=20', 'softmax layers=20', 'verification.tarAtFar1e-3') },
    C17: { says: 'positive and negative pairs overlap less as m grows', inPaper: 'Figure 5', expect: above('m=4', 'm=1', 'geometry.overlap') },
    C18: { says: 'bringing the class weights to length 1 helps (4 layers, no biases)', inPaper: 'Table 6', published: [['table-6', '+ remove biases', 'LFW'], ['table-6', '+ normalise W (m=1)', 'LFW']], expect: above('4 layers, m=1', '4 layers, no biases', 'verification.tarAtFar1e-3') },
    C19: { says: 'a lower floor of lambda is harder to train and can be better', inPaper: 'Section on optimisation; notes of the released code', expect: notHere('"can be" is no order that runs could fail: the study `lambda` shows floors of 0.5 to 20, collapsed runs marked') },
    C20: { says: 'for two classes theta apart the margin between their regions is (m - 1) / (m + 1) theta', inPaper: 'Property 1', expect: exact('packages/core-losses/test/theory/angular-margin-bounds: leaves (m - 1) / (m + 1)') },
  },
});
