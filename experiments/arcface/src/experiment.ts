import {
  above,
  adam,
  anglesOf,
  angularTriplet,
  casiaWebFace,
  circleOf,
  curvesOf,
  defineExperiment,
  digitsOnCircle,
  distractorsOf,
  exact,
  level,
  notBelow,
  notHere,
  notTrained,
  openSetHangul,
  rocOf,
  smokeSize,
  sweep,
  tuned,
  typefacesUnderNoise,
} from '@hypersphere/experiment-kit';

const { learningRate, scale } = tuned.arcface;

interface Margins {
  readonly multiplier?: number;
  readonly marginRadians?: number;
  readonly cosineMargin?: number;
  readonly intraWeight?: number;
  readonly interWeight?: number;
}

/** One point of the combined margin cos(m1 theta + m2) - m3, at the tuned scale here and at 64 in the paper. */
const combined = (margins: Margins) => {
  // The rule for angles beyond pi is defined for m1 = 1 only.
  const beyondPi = (margins.multiplier ?? 1) === 1 ? 'fix' : 'none';
  const loss = { name: 'arcface', marginRadians: 0, beyondPi, ...margins } as const;
  return { loss: { ...loss, scale }, optimiser: adam(learningRate), inPaper: { loss: { ...loss, scale: 64 } } } as const;
};

/** Normalised softmax with the extra terms of equations 5 and 6; weight 1, since the paper prints none. */
const norm = (terms: Margins) =>
  ({
    loss: { name: 'arcface', scale: tuned.normface.scale, marginRadians: 0, ...terms },
    optimiser: adam(tuned.normface.learningRate),
    inPaper: { loss: { name: 'arcface', scale: 20, marginRadians: 0, ...terms } },
  }) as const;

const onCircle = digitsOnCircle(2);
const SUB_CENTRES = [1, 3, 5, 10] as const;
const NO_RETRAINING = 'a run cannot be trained on the images that the network of another run keeps';

/** ArcFace: a margin added to the target angle; and sub-centres. Paper: IResNet-50 on CASIA-WebFace; here Hangul (see README). */
export default defineExperiment({
  id: 'arcface',
  paper: {
    title: 'ArcFace: Additive Angular Margin Loss for Deep Face Recognition',
    authors: 'Jiankang Deng, Jia Guo, Jing Yang, Niannan Xue, Irene Kotsia, Stefanos Zafeiriou',
    venue: 'CVPR 2019; TPAMI',
    year: 2022,
    url: 'https://arxiv.org/abs/1801.07698',
  },
  idea: 'A margin added to the target angle',
  main: 'm=0.3',
  metrics: ['verification.tarAtFar1e-3', 'verification.accuracy', 'identification.rank1', 'verification.tarAtFar1e-4SameGroup'],

  variants: {
    softmax: { loss: { name: 'softmax' }, optimiser: adam(tuned.softmax.learningRate) },
    'norm-softmax': { loss: { name: 'normface', scale: tuned.normface.scale }, optimiser: adam(tuned.normface.learningRate), inPaper: { loss: { name: 'normface', scale: 20 } } },
    'norm-softmax s=64': { loss: { name: 'normface', scale: 64 }, optimiser: adam(tuned.normface.learningRate) },
    ...sweep('m', [0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55], (marginRadians) => combined({ marginRadians })),
    'paper s, m': { loss: { name: 'arcface', scale: 64, marginRadians: 0.5 }, optimiser: adam(learningRate) },
    'sphereface 1.35': combined({ multiplier: 1.35 }),
    'cosface 0.35': {
      loss: { name: 'cosface', scale: tuned.cosface.scale, margin: 0.35 },
      optimiser: adam(tuned.cosface.learningRate),
      inPaper: { loss: { name: 'cosface', scale: 64, margin: 0.35 } },
    },
    'CM1 (1, 0.3, 0.2)': combined({ marginRadians: 0.3, cosineMargin: 0.2 }),
    'CM2 (0.9, 0.4, 0.15)': combined({ multiplier: 0.9, marginRadians: 0.4, cosineMargin: 0.15 }),
    'norm-softmax + intra': norm({ intraWeight: 1 }),
    'norm-softmax + inter': norm({ interWeight: 1 }),
    'norm-softmax + intra + inter': norm({ intraWeight: 1, interWeight: 1 }),
    'm=0.3 + intra': combined({ marginRadians: 0.3, intraWeight: 1 }),
    'm=0.3 + inter': combined({ marginRadians: 0.3, interWeight: 1 }),
    'm=0.3 + intra + inter': combined({ marginRadians: 0.3, intraWeight: 1, interWeight: 1 }),
    triplet: angularTriplet,
    'sampled classes': ({ schedule }) => ({ ...combined({ marginRadians: 0.3 }), schedule: { ...schedule, sampleRate: 0.1 } }),
    'straight-through': { loss: { name: 'arcface', scale, marginRadians: 0.3, gradient: 'straightThrough' }, optimiser: adam(learningRate) },
    ...sweep('noisy K', SUB_CENTRES, (subCentres) => ({ ...typefacesUnderNoise(0.5), loss: { name: 'arcface', scale, marginRadians: 0.3, subCentres } })),
    ...sweep('closed noise K', [1, 3], (subCentres) => ({ ...typefacesUnderNoise(0.5, 'closed'), loss: { name: 'arcface', scale, marginRadians: 0.3, subCentres } })),
    'clean K=1': { ...typefacesUnderNoise(0), loss: { name: 'arcface', scale, marginRadians: 0.3 } },
    'clean K=3': { ...typefacesUnderNoise(0), loss: { name: 'arcface', scale, marginRadians: 0.3, subCentres: 3 } },
    'circle softmax': { ...onCircle, loss: { name: 'softmax' } },
    'circle norm-softmax': { ...onCircle, loss: { name: 'normface', scale: 16 } },
    'circle arcface': { ...onCircle, loss: { name: 'arcface', scale: 16, marginRadians: 0.3 } },
  },

  profiles: {
    smoke: { base: openSetHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: {
      base: openSetHangul.quick,
      seeds: [0],
      variants: ['softmax', 'norm-softmax', 'sphereface 1.35', 'cosface 0.35', 'm=0.3', 'm=0.5'],
      once: ['circle softmax', 'circle arcface'],
    },
    standard: {
      base: openSetHangul.standard,
      seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      seedsOfOthers: [0, 1, 2],
      variants: [
        'softmax', 'norm-softmax', 'norm-softmax s=64', 'm=0.3', 'm=0.4', 'm=0.45', 'm=0.5', 'm=0.55', 'sphereface 1.35', 'cosface 0.35',
        'CM1 (1, 0.3, 0.2)', 'CM2 (0.9, 0.4, 0.15)', 'norm-softmax + intra', 'norm-softmax + inter', 'norm-softmax + intra + inter',
        'm=0.3 + intra', 'm=0.3 + inter', 'm=0.3 + intra + inter', 'triplet', 'sampled classes', 'noisy K=1', 'noisy K=3', 'noisy K=5', 'noisy K=10', 'closed noise K=1', 'closed noise K=3', 'clean K=1', 'clean K=3',
      ],
      once: ['m=0.1', 'm=0.2', 'paper s, m', 'straight-through', 'circle softmax', 'circle norm-softmax', 'circle arcface'],
    },
    paper: {
      base: casiaWebFace({ backbone: { name: 'iresnet', depth: 50 }, steps: 32_000, dropAt: [20_000, 28_000], batchSize: 512, size: [112, 112], mirror: 'sum' }),
      seeds: [0],
      variants: ['softmax', 'norm-softmax', 'norm-softmax s=64', 'm=0.4', 'm=0.45', 'm=0.5', 'm=0.55', 'sphereface 1.35', 'cosface 0.35', 'CM1 (1, 0.3, 0.2)', 'CM2 (0.9, 0.4, 0.15)'],
    },
  },

  tables: {
    'v4-table-2': {
      rows: {
        'ArcFace (0.4)': 'm=0.4',
        'ArcFace (0.45)': 'm=0.45',
        'ArcFace (0.5)': 'm=0.5',
        'ArcFace (0.55)': 'm=0.55',
        'SphereFace (original paper)': notTrained('a quotation of another paper; see sphereface'),
        'SphereFace (1.35)': 'sphereface 1.35',
        'CosFace (original paper)': notTrained('a quotation of another paper; see cosface'),
        'CosFace (0.35)': 'cosface 0.35',
        'CM1 (1, 0.3, 0.2)': 'CM1 (1, 0.3, 0.2)',
        'CM2 (0.9, 0.4, 0.15)': 'CM2 (0.9, 0.4, 0.15)',
        Softmax: 'softmax',
        'Norm-Softmax (s=64)': 'norm-softmax s=64',
        'Norm-Softmax (s=20)': 'norm-softmax',
        'Norm-Softmax+Intra': 'norm-softmax + intra',
        'Norm-Softmax+Inter': 'norm-softmax + inter',
        'Norm-Softmax+Intra+Inter': 'norm-softmax + intra + inter',
        'Triplet (0.35)': 'triplet',
        'ArcFace+Intra': 'm=0.3 + intra',
        'ArcFace+Inter': 'm=0.3 + inter',
        'ArcFace+Intra+Inter': 'm=0.3 + intra + inter',
        'ArcFace+Triplet': notTrained('a sum of a prototype loss and a triplet loss is not in the registry'),
      },
      ours: { 'ArcFace (0.1)': 'm=0.1', 'ArcFace (0.2)': 'm=0.2', 'ArcFace (0.3)': 'm=0.3', 'ArcFace (0.5), s = 64 as in the paper': 'paper s, m', 'ArcFace (0.3), gradient of the released torch code': 'straight-through', 'ArcFace (0.3), 80 of the classes a step (Partial FC)': 'sampled classes' },
      columns: { LFW: 'verification.accuracy', 'CFP-FP': 'verification.tarAtFar1e-3', 'AgeDB-30': 'verification.tarAtFar1e-4SameGroup' },
      note: 'The rows with intra and inter terms have the tuned margin 0.3. The columns of ours are not those data sets: accuracy, TAR at FAR 1e-3 and TAR at FAR 1e-4 among impostors of the same typeface, from easy to hard.',
    },
    'v3-table-3': {
      rows: {
        NS: 'norm-softmax',
        ArcFace: 'm=0.3',
        IntraL: 'norm-softmax + intra',
        InterL: 'norm-softmax + inter',
        TripletL: 'triplet',
      },
      columns: {
        'W-EC': 'geometry.prototypeCentreAngle',
        'W-Inter': 'geometry.prototypeInterAngle',
        Intra1: 'geometry.trainIntraAngle',
        Inter1: 'geometry.trainInterAngle',
        Intra2: 'geometry.intraAngle',
        Inter2: 'geometry.interAngle',
      },
    },
    'v4-table-3': {
      rows: {
        '(1) MS1MV0, K=1': 'noisy K=1',
        '(2) MS1MV0, K=3': 'noisy K=3',
        '(3) MS1MV0, K=3, softmax pooling': notTrained('only max pooling over sub-centres is built'),
        '(4) MS1MV0, K=5': 'noisy K=5',
        '(5) MS1MV0, K=10': 'noisy K=10',
        '(6) MS1MV0, K=3->1, drop >70deg': notTrained(NO_RETRAINING),
        '(7) MS1MV0, K=3->1, drop >75deg': notTrained(NO_RETRAINING),
        '(8) MS1MV0, K=3->1, drop >80deg': notTrained(NO_RETRAINING),
        '(9) MS1MV0, K=3->1, drop >85deg': notTrained(NO_RETRAINING),
        '(10) MS1MV0, K=3, SoftTriple regularizer': notTrained('the regulariser is not in the registry'),
        '(11) MS1MV0, Co-mining': notTrained('a competing method, not in the registry'),
        '(12) MS1MV0, NT': notTrained('a competing method, not in the registry'),
        '(13) MS1MV0, NR': notTrained('a competing method, not in the registry'),
        '(14) MS1MV3, K=1': 'clean K=1',
        '(15) MS1MV3, K=3': 'clean K=3',
        '(16) MS1MV3, K=3->1': notTrained(NO_RETRAINING),
        '(17) Celeb500K, K=1': notTrained('another noisy face set'),
        '(18) Celeb500K, K=3': notTrained('another noisy face set'),
        '(19) Celeb500K, K=3->1': notTrained('another noisy face set'),
      },
      columns: { 'IJB-B': null, 'IJB-C': 'verification.tarAtFar1e-2' },
      note: 'Ours: typefaces, with half of the training images replaced by images of no class (open-set noise); impostors of unseen families.',
    },
    'v4-figure-7-shares': {
      rows: { 'K=1, all': 'noisy K=1', 'K=3, dominant': 'noisy K=3', 'K=3, non-dominant': notTrained('the same runs as the row above, of which the dominant sub-centre is measured') },
      ours: { 'K=5, dominant': 'noisy K=5', 'K=10, dominant': 'noisy K=10', 'closed-set, K=1, all': 'closed noise K=1', 'closed-set, K=3, dominant': 'closed noise K=3' },
      columns: { noisy: 'noise.dominant' },
      note: 'Published: in % of all images. Ours: in % of the images nearest that sub-centre; half of all training images are wrong, and it is known which',
    },
    'eccv-synthetic-noise': {
      rows: { ArcFace: 'closed noise K=1', 'Sub-center ArcFace': 'closed noise K=3' },
      ours: { 'no noise, K=1': 'clean K=1', 'no noise, K=3': 'clean K=3', 'open-set 50 %, K=1': 'noisy K=1', 'open-set 50 %, K=3': 'noisy K=3', 'open-set 50 %, K=5': 'noisy K=5', 'open-set 50 %, K=10': 'noisy K=10' },
      columns: { 'close-set 50%': 'verification.tarAtFar1e-2' },
      note: 'Of the published table only this pair is known. Ours: typefaces; closed-set noise gives half of the training images the label of another face. The study `sub-centres` has 20 % of both kinds too',
    },
  },

  figures: {
    cleaning: {
      kind: 'metric-dots',
      title: 'Wrong training images found, and right ones dropped, by the angle to the dominant sub-centre',
      variants: ['noisy K=1', 'noisy K=3', 'noisy K=5', 'noisy K=10'],
      metrics: ['noise.found70', 'noise.found75', 'noise.found80', 'noise.found85', 'noise.lost70', 'noise.lost75', 'noise.lost80', 'noise.lost85'],
    },
    'margin-sweep': {
      kind: 'margin-sweep',
      title: 'Verification and identification against the margin (Table 2)',
      along: [[0, 'norm-softmax'], [0.1, 'm=0.1'], [0.2, 'm=0.2'], [0.3, 'm=0.3'], [0.4, 'm=0.4'], [0.45, 'm=0.45'], [0.5, 'm=0.5'], [0.55, 'm=0.55']],
      axis: 'margin m (radians)',
      metrics: ['verification.tarAtFar1e-3', 'identification.rank1'],
      reference: { softmax: 'softmax' },
    },
    roc: rocOf('Verification of unseen classes (as Figure 12)', ['softmax', 'norm-softmax', 'sphereface 1.35', 'cosface 0.35', 'm=0.3', 'm=0.5']),
    'roc-same-typeface': rocOf('Verification against impostors of the same typeface', ['softmax', 'norm-softmax', 'sphereface 1.35', 'cosface 0.35', 'm=0.3', 'm=0.5'], 'same-group'),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['softmax', 'norm-softmax', 'cosface 0.35', 'm=0.3', 'm=0.5'], 'retrieval.mapAtR'),
    circle: circleOf('Digits in two dimensions without and with the margin (as Figure 3)', ['circle softmax', 'circle norm-softmax', 'circle arcface']),
    angles: anglesOf('Angles of genuine and impostor pairs (Figure 6 of the CVPR version)', ['softmax', 'norm-softmax', 'm=0.3', 'm=0.5']),
    distractors: distractorsOf('Identification among distractors', ['softmax', 'norm-softmax', 'cosface 0.35', 'm=0.3']),
    'target-logits': {
      kind: 'target-logits',
      title: 'Target logits of the combined margin (Figure 4b)',
      curves: [
        { label: 'norm-softmax (1, 0, 0)', m1: 1, m2: 0, m3: 0 },
        { label: 'sphereface (1.35, 0, 0)', m1: 1.35, m2: 0, m3: 0 },
        { label: 'arcface (1, 0.5, 0)', m1: 1, m2: 0.5, m3: 0 },
        { label: 'cosface (1, 0, 0.35)', m1: 1, m2: 0, m3: 0.35 },
        { label: 'CM1 (1, 0.3, 0.2)', m1: 1, m2: 0.3, m3: 0.2 },
        { label: 'CM2 (0.9, 0.4, 0.15)', m1: 0.9, m2: 0.4, m3: 0.15 },
      ],
    },
  },

  ablations: {
    margin: { says: 'the margin at the tuned scale', from: 'm=0.3', vary: { 'loss.marginRadians': [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6] }, metric: 'verification.tarAtFar1e-3' },
    scale: { says: 'the scale', from: 'm=0.3', vary: { 'loss.scale': [4, 8, 16, 32, 64] }, metric: 'verification.tarAtFar1e-3' },
    combined: { says: 'the combined margin', from: 'CM2 (0.9, 0.4, 0.15)', vary: { 'loss.multiplier': [0.9, 1, 1.2], 'loss.marginRadians': [0.2, 0.4], 'loss.cosineMargin': [0, 0.15] }, metric: 'verification.tarAtFar1e-3' },
    'beyond-pi': { says: 'what happens where the margined angle passes pi', from: 'm=0.5', vary: { 'loss.beyondPi': ['fix', 'none', 'easy'] }, metric: 'verification.tarAtFar1e-3' },
    'sub-centres': {
      says: 'sub-centres without noise and under two shares of label noise of two kinds',
      from: 'noisy K=3',
      seeds: [0, 1, 2],
      vary: { 'loss.subCentres': [...SUB_CENTRES], 'data.labelNoise.share': [0, 0.2, 0.5], 'data.labelNoise.kind': ['open', 'closed'] },
      metric: 'verification.tarAtFar1e-2',
    },
    'search-triplet': { says: 'settings of the angular triplet loss', search: true, seeds: [100, 101], from: 'triplet', vary: { 'optimiser.learningRate': [0.0005, 0.001, 0.002, 0.005], 'loss.form': ['hinge', 'soft'] }, metric: 'verification.tarAtFar1e-3' },
    'search-arcface': { says: 'settings of ArcFace', search: true, seeds: [100, 101], from: 'm=0.3', vary: { 'optimiser.learningRate': [0.005, 0.01, 0.02, 0.04], 'loss.scale': [6, 10, 16, 24] }, metric: 'verification.tarAtFar1e-3' },
  },

  claims: {
    C1: { says: 'SphereFace (1.35) is below ArcFace (CosFace and ArcFace are too near to tell)', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'SphereFace (1.35)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30']], expect: above('m=0.3', 'sphereface 1.35', 'verification.tarAtFar1e-3') },
    C2: { says: 'the optimum of the margin is flat (here 0.4 and 0.5)', inPaper: 'Table 2', published: [['v4-table-2', 'ArcFace (0.4)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.55)', 'AgeDB-30']], expect: level('m=0.5', 'm=0.4', 0.02, 'verification.tarAtFar1e-3') },
    C3: { says: 'normalised softmax at s = 64 is worse than at a fitting scale', inPaper: 'Table 2, CFP-FP', published: [['v4-table-2', 'Norm-Softmax (s=64)', 'CFP-FP'], ['v4-table-2', 'Norm-Softmax (s=20)', 'CFP-FP']], expect: above('norm-softmax', 'norm-softmax s=64', 'verification.tarAtFar1e-3') },
    C4: { says: 'a margin beats normalised softmax', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'Norm-Softmax (s=20)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30']], expect: above('m=0.3', 'norm-softmax', 'verification.tarAtFar1e-3') },
    C5: { says: 'the intra term helps normalised softmax', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'Norm-Softmax (s=20)', 'AgeDB-30'], ['v4-table-2', 'Norm-Softmax+Intra', 'AgeDB-30']], expect: above('norm-softmax + intra', 'norm-softmax', 'verification.tarAtFar1e-3') },
    C6: { says: 'intra and inter terms do not improve ArcFace', inPaper: 'Table 2', published: [['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30'], ['v4-table-2', 'ArcFace+Intra+Inter', 'AgeDB-30']], expect: notBelow('m=0.3', 'm=0.3 + intra + inter', 0.01, 'verification.tarAtFar1e-3') },
    C7: { says: 'the angular triplet is above normalised softmax at s = 64', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'Norm-Softmax (s=64)', 'AgeDB-30'], ['v4-table-2', 'Triplet (0.35)', 'AgeDB-30']], expect: above('triplet', 'norm-softmax s=64', 'verification.tarAtFar1e-3') },
    C8: { says: 'prototypes coincide with class centres under ArcFace, not under normalised softmax', inPaper: 'Table 3 of the CVPR version', published: [['v3-table-3', 'NS', 'W-EC'], ['v3-table-3', 'ArcFace', 'W-EC']], expect: above('m=0.3', 'norm-softmax', 'geometry.prototypeCentreAngle') },
    C9: { says: 'ArcFace makes classes more compact than normalised softmax', inPaper: 'Table 3 of the CVPR version', published: [['v3-table-3', 'NS', 'Intra1'], ['v3-table-3', 'ArcFace', 'Intra1']], expect: above('m=0.3', 'norm-softmax', 'geometry.trainIntraAngle') },
    C10: { says: 'the intra term makes classes most compact of all', inPaper: 'Table 3 of the CVPR version', published: [['v3-table-3', 'ArcFace', 'Intra1'], ['v3-table-3', 'IntraL', 'Intra1']], expect: above('norm-softmax + intra', 'm=0.3', 'geometry.trainIntraAngle') },
    C11: { says: 'the inter term spreads the prototypes', inPaper: 'Table 3 of the CVPR version', published: [['v3-table-3', 'NS', 'W-Inter'], ['v3-table-3', 'InterL', 'W-Inter']], expect: above('norm-softmax + inter', 'norm-softmax', 'geometry.prototypeInterAngle') },
    C12: { says: 'the target angle moves from 90 to about 30 degrees during training', inPaper: 'Figure 4a', expect: notHere('during training only validation classes are measured, which have no prototypes; W-EC and Intra are the angles at its end') },
    C13: { says: 'under heavy label noise three sub-centres beat one', inPaper: 'Table 3', published: [['v4-table-3', '(1) MS1MV0, K=1', 'IJB-C'], ['v4-table-3', '(2) MS1MV0, K=3', 'IJB-C']], expect: above('noisy K=3', 'noisy K=1', 'verification.tarAtFar1e-2') },
    C14: { says: 'too many sub-centres hurt', inPaper: 'Table 3', published: [['v4-table-3', '(2) MS1MV0, K=3', 'IJB-C'], ['v4-table-3', '(5) MS1MV0, K=10', 'IJB-C']], expect: above('noisy K=3', 'noisy K=10', 'verification.tarAtFar1e-2') },
    C15: { says: 'cleaning with the dominant sub-centre and retraining recovers most of the loss', inPaper: 'Table 3', published: [['v4-table-3', '(2) MS1MV0, K=3', 'IJB-C'], ['v4-table-3', '(7) MS1MV0, K=3->1, drop >75deg', 'IJB-C']], expect: notHere(NO_RETRAINING) },
    C16: { says: 'the drop angle has a flat optimum', inPaper: 'Table 3', expect: notHere(NO_RETRAINING) },
    C17: { says: 'max pooling over sub-centres is at least as good as softmax pooling', inPaper: 'Table 3', expect: notHere('softmax pooling over sub-centres is not built; the published gap is far below what ten seeds can tell') },
    C18: { says: 'on clean data three sub-centres do not help', inPaper: 'Table 3', published: [['v4-table-3', '(14) MS1MV3, K=1', 'IJB-C'], ['v4-table-3', '(15) MS1MV3, K=3', 'IJB-C']], expect: notBelow('clean K=1', 'clean K=3', 0.02, 'verification.tarAtFar1e-2') },
    C19: { says: 'the dominant sub-class holds a smaller share of noise than the data', inPaper: 'Figure 7', published: [['v4-figure-7-shares', 'K=1, all', 'noisy'], ['v4-figure-7-shares', 'K=3, dominant', 'noisy']], expect: above('noisy K=3', 'noisy K=1', 'noise.dominant') },
    C20: { says: 'under closed-set flips of half the labels sub-centres are worse than ArcFace', inPaper: 'ECCV 2020 version', published: [['eccv-synthetic-noise', 'ArcFace', 'close-set 50%'], ['eccv-synthetic-noise', 'Sub-center ArcFace', 'close-set 50%']], expect: above('closed noise K=1', 'closed noise K=3', 'verification.tarAtFar1e-2') },
    C21: { says: 'state of the art on LFW, MegaFace and IJB', inPaper: 'Tables 4 to 8', expect: notHere('needs the face sets and networks of 44 to 65 million parameters; see the profile `paper`') },
    C22: { says: 'a larger, cleaner training set helps', inPaper: 'Table 8', expect: notHere('needs the face sets') },
    C23: { says: 'Partial FC with a tenth of the classes loses nothing (here 80 of 600 classes a step)', inPaper: 'Partial FC, CVPR 2022', expect: notBelow('sampled classes', 'm=0.3', 0.02, 'verification.tarAtFar1e-3') },
    C24: { says: 'ArcFace networks are inverted best', inPaper: 'Tables 10 and 11', expect: notHere('the images are scored by how natural they look to a network trained on photographs, which means nothing for glyphs') },
    C25: { says: 'without the rule for theta + m beyond pi, few classes can collapse to opposite features', inPaper: 'Section 3; released code of 2018', expect: exact('packages/core-losses/test/losses/arcface: collapsed') },
    C26: { says: 'a margin of 0.5, the paper\'s, beats none (that it is the best is too flat an optimum to tell)', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'Norm-Softmax (s=20)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30']], expect: above('m=0.5', 'norm-softmax', 'verification.tarAtFar1e-3') },
    C27: { says: 'the angular triplet is below ArcFace', inPaper: 'Table 2, AgeDB-30', published: [['v4-table-2', 'Triplet (0.35)', 'AgeDB-30'], ['v4-table-2', 'ArcFace (0.5)', 'AgeDB-30']], expect: above('m=0.3', 'triplet', 'verification.tarAtFar1e-3') },
  },
});
