import {
  above,
  aboveAll,
  anglesOf,
  balancedRows,
  curvesOf,
  defineExperiment,
  dotsOf,
  exact,
  gapsOf,
  notBelow,
  notHere,
  notTrained,
  peaksInside,
  pretrained,
  sectionsOf,
  smokeSize,
  sweep,
  trainedWith,
  tuned,
  zeroShotHangul,
  zeroShotPaper,
  type RunConfig,
  type VariantPlan,
} from '@hypersphere/experiment-kit';

const { learningRate, temperature } = tuned.group;
type Options = Omit<Extract<Parameters<typeof trainedWith>[0], { name: 'group' }>, 'name'>;
/** The paper's form (no diagonal, no plain cross-entropy, one step, one anchor of five) at the tuned temperature. */
const group = (options: Options = {}) => trainedWith({ name: 'group', temperature, ...options }, learningRate);
/** What is trained beside the paper's form: the diagonal is 1, and the plain cross-entropy is added. */
const asReleased = { diagonal: 'one', crossEntropyWeight: 1 } as const;
/** The settings of CUB. */
const ofCub = { name: 'group', temperature: 24, anchorsPerClass: 2 } as const;
/** After half of the epochs by softmax. */
const groupAfter = (options: Options = {}) => pretrained(group(options));

/** Rows of the comparison of losses are clustered too. */
const clustered = (plan: VariantPlan): VariantPlan => (base) => ({ ...sectionsOf(plan, base), evaluation: { ...base.evaluation, clustered: true } });

/** P classes of five images; as many epochs, so as many images, whatever P. */
const withClasses = (classesPerBatch: number): VariantPlan => (base) =>
  sectionsOf(pretrained({ ...group(), schedule: { ...base.schedule, batchSize: 5 * classesPerBatch, classBalance: { classesPerBatch, imagesPerClass: 5 } } }), base);

type Measured = Pick<RunConfig['evaluation'], 'testTime' | 'reranking' | 'cameras'>;
/** Pooled features are the embedding, as in the paper, so that what is done to the pool at test time is done to it. */
const pooled = (plan: VariantPlan, measured: Measured = {}): VariantPlan => (base) => ({
  ...sectionsOf(plan, base),
  backbone: { ...base.backbone, embeddingDim: 0 },
  evaluation: { ...base.evaluation, ...measured },
  inPaper: { loss: { ...ofCub, ...asReleased }, evaluation: { ...base.evaluation, ...measured } },
});

/** Settings of CUB at test time. */
const mixed = { maxShare: 0.5 } as const;
const leaky = { slope: 0.75 } as const;
const partial = { beta: 0.004 } as const;
const reranking = { k1: 50, k2: 20, lambda: 0.94 } as const;
const plusPlus = { ...mixed, ...leaky, ...partial } as const;

/** Words in typefaces: the family is the identity, weight and style are the camera; re-ranked as is usual for persons. */
const families = (plan: VariantPlan, measured: Measured = {}): VariantPlan => (base) => ({
  ...sectionsOf(pooled(plan, { cameras: 'groups', reranking: { k1: 20, k2: 6, lambda: 0.3 }, ...measured }), base),
  data: { name: 'typefaces', identity: 'family', trainFamilies: 60, facesPerFamily: 4, imagesPerFace: 30, validationFamilies: 20, testFamilies: 60 },
});

/** Small, but where the pool is changed not so small that it has one place only. */
const smoke = (config: RunConfig): RunConfig => {
  const sized = smokeSize(config);
  const { embeddingDim } = sized.backbone as { embeddingDim?: number };
  return embeddingDim === 0 ? { ...sized, data: { ...sized.data, height: 32, width: 32 } as RunConfig['data'] } : sized;
};

const paperSchedule = { batchNormMomentum: 0.1, learningRate: { kind: 'step', at: [30], factor: 0.1 }, steps: undefined, epochs: 70, augmentation: { mirror: true, resizedCrop: { area: [0.08, 1], aspect: [3 / 4, 4 / 3] } } } as const;
const paperBase: RunConfig = {
  ...zeroShotPaper({
    test: 'cub',
    batch: { classesPerBatch: 6, imagesPerClass: 9 },
    backbone: { name: 'bn-inception', release: 'pytorch', embeddingDim: 0, maxShare: 0, frozenBatchNorm: 'none' },
    optimiser: { name: 'adamw', learningRate: 1.563663718906821e-4, weightDecay: 6.059722614369727e-6, decayNormalisation: true, decayBias: true },
    schedule: paperSchedule,
  }),
  pretraining: {
    loss: { name: 'softmax' },
    optimiser: { name: 'adamw', learningRate: 3e-4, epsilon: 0.01 },
    schedule: { epochs: 10, batchSize: 32, learningRate: { kind: 'constant' }, batchNormMomentum: 0.1 },
  },
};

const R1 = 'retrieval.recallAt1';
const RETRIEVAL = [R1, 'retrieval.mapAtR'] as const;
const UP_TO_8 = { 'CUB R@1': R1, 'CUB R@2': 'retrieval.recallAt2', 'CUB R@4': 'retrieval.recallAt4', 'CUB R@8': 'retrieval.recallAt8' } as const;
const COMPARED = { ...UP_TO_8, 'CUB NMI': 'clustering.nmi', 'Cars R@1': R1, 'SOP R@1': R1 } as const;
/** Losses that the table of the comparison has, and the registry. */
const COMPARED_LOSSES = ['triplet, semi-hard', 'lifted structure', 'N-pair', 'Proxy-NCA++'] as const;
/** Inner points of figures, and rows that `head-to-head` has with more seeds. */
const FEW_SEEDS = ['tau=3', 'tau=30', 'tau=100', 'P=4', 'margin', 'multi-similarity', 'ranked list'] as const;
const notInRegistry = notTrained('the loss is not in the registry');
const ensemble = notTrained('a run is measured from its own checkpoint; that of five has no place in a record');

/** Group Loss: labels refined among the images of a batch; ++: another embedding at test time. Paper: BN-Inception on CUB, Cars-196, SOP, In-Shop; here Hangul and typefaces (see README). */
export default defineExperiment({
  id: 'group-loss',
  paper: {
    title: 'The Group Loss++: A Deeper Look Into Group Loss For Deep Metric Learning',
    authors: 'Ismail Elezi, Jenny Seidenschwarz, Laurin Wagner, Sebastiano Vascon, Alessandro Torcinovich, Marcello Pelillo, Laura Leal-Taixé',
    venue: 'IEEE TPAMI',
    year: 2022,
    url: 'https://arxiv.org/abs/2204.01509',
  },
  idea: 'The batch refines its own class guesses by similarity before cross-entropy',
  main: 'Group Loss',
  metrics: [R1, 'retrieval.mapAtR', 'retrieval.recallAt8', 'clustering.nmi'],

  variants: {
    'Group Loss': (base) => ({ ...sectionsOf(clustered(groupAfter()), base), inPaper: { loss: ofCub } }),
    'released form': (base) => ({ ...sectionsOf(groupAfter(asReleased), base), inPaper: { loss: { ...ofCub, ...asReleased } } }),
    'auxiliary cross-entropy': groupAfter({ crossEntropyWeight: 1 }),
    'diagonal 1': groupAfter({ diagonal: 'one' }),
    'from random weights': group(),
    'softmax, two stages': pretrained(balancedRows.softmax),
    ...sweep('T', [0, 2, 3, 5], (steps) => groupAfter({ steps })),
    ...sweep('tau', [1, 3, 30, 100], (tau) => groupAfter({ temperature: tau })),
    ...sweep('anchors', [0, 2, 3], (anchorsPerClass) => groupAfter({ anchorsPerClass })),
    ...sweep('P', [4, 8, 32], withClasses),
    shifted: groupAfter({ negatives: 'shift' }),
    cosine: groupAfter({ similarity: 'cosine' }),
    'priors of present classes': groupAfter({ priors: 'present' }),
    'uniform priors': groupAfter({ priors: 'uniform' }),
    softmax: clustered(balancedRows.softmax),
    'normalised softmax': clustered(balancedRows['normalised softmax']),
    'Proxy-NCA++': clustered(balancedRows['Proxy-NCA++']),
    'triplet, semi-hard': clustered(balancedRows['triplet, semi-hard']),
    'lifted structure': clustered(balancedRows['lifted structure']),
    'N-pair': clustered(balancedRows['N-pair']),
    margin: clustered(balancedRows.margin),
    'multi-similarity': clustered(balancedRows['Multi-Similarity']),
    'ranked list': clustered(balancedRows['Ranked List']),
    pooled: pooled(groupAfter()),
    'mixed pooling': pooled(groupAfter(), { testTime: mixed }),
    'leaky activation': pooled(groupAfter(), { testTime: leaky }),
    'partial normalisation': pooled(groupAfter(), { testTime: partial }),
    're-ranked': pooled(groupAfter(), { reranking }),
    '++ without re-ranking': pooled(groupAfter(), { testTime: plusPlus }),
    '++': pooled(groupAfter(), { testTime: plusPlus, reranking }),
    'softmax, pooled': pooled(pretrained(balancedRows.softmax)),
    'softmax, ++': pooled(pretrained(balancedRows.softmax), { testTime: plusPlus, reranking }),
    'families Group Loss': families(groupAfter()),
    'families ++': families(groupAfter(), { testTime: plusPlus }),
    'families softmax': families(pretrained(balancedRows.softmax)),
    'families softmax + triplet': families(pretrained(balancedRows['softmax + triplet'])),
  },

  profiles: {
    smoke: { base: zeroShotHangul.smoke, resize: smoke, seeds: [0], variants: 'all' },
    quick: { base: zeroShotHangul.quick, seeds: [0], variants: ['Group Loss', 'T=0', 'from random weights', 'softmax', 'pooled', '++'] },
    standard: { base: zeroShotHangul.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: 'all', once: FEW_SEEDS },
    paper: {
      base: { ...paperBase, evaluation: { ...paperBase.evaluation, clustered: true } },
      seeds: [0],
      variants: ['Group Loss', 'released form', 'mixed pooling', 'leaky activation', 'partial normalisation', 're-ranked', '++'],
    },
  },

  tables: {
    'eccv-table-losses': {
      rows: {
        Triplet: 'triplet, semi-hard',
        'Lifted Structure': 'lifted structure',
        'N-pairs': 'N-pair',
        'Facility Location': notInRegistry,
        'Angular loss': notInRegistry,
        'Proxy-NCA': 'Proxy-NCA++',
        'Deep Spectral': notInRegistry,
        'Classification (normalised soft-max)': 'normalised softmax',
        'Group Loss (ours, ECCV / arXiv v4)': 'Group Loss',
      },
      ours: { 'Softmax, as many images': 'softmax', 'Softmax, two stages': 'softmax, two stages', 'Group Loss from random weights': 'from random weights', 'Group Loss, released form': 'released form' },
      columns: COMPARED,
    },
    'eccv-table-ensembles': {
      rows: {
        'Sampling Matters (Margin)': 'margin',
        'Multi-Similarity / GPW': 'multi-similarity',
        'Ranked List Loss-(L,M,H)': 'ranked list',
        'Group Loss, 1 net': 'Group Loss',
        'Group Loss, 2-ensemble': ensemble,
        'Group Loss, 5-ensemble': ensemble,
      },
      columns: COMPARED,
      note: 'Ours: one head for the ranked list loss; one seed of the first three rows, which head-to-head has with more',
    },
    'tpami-table-retrieval': {
      rows: { 'Group Loss': 'pooled', 'Group Loss++': '++' },
      ours: { 'Softmax, two stages': 'softmax, pooled', 'Softmax, two stages, ++': 'softmax, ++' },
      columns: UP_TO_8,
      note: 'Ours: pooled features are the embedding',
    },
    'tpami-table-inference-ablation': {
      rows: {
        'base inference (GAP, ReLU, L2)': 'pooled',
        '+ mixed max/average pooling': 'mixed pooling',
        '+ leaky last activation': 'leaky activation',
        '+ partial (beta) normalisation': 'partial normalisation',
        '+ k-reciprocal re-ranking': 're-ranked',
        'all (Group Loss++)': '++',
      },
      ours: { 'all but re-ranking': '++ without re-ranking' },
      columns: { 'CUB R@1': R1, 'R@8': 'retrieval.recallAt8', 'MAP@R': 'retrieval.mapAtR' },
      note: 'Ours: each alone on one checkpoint a seed; re-ranking may trade R@8 for R@1',
    },
    'tpami-table-reid': {
      rows: { 'Group Loss': 'families Group Loss', 'Group Loss++': 'families ++' },
      ours: { 'Softmax, two stages': 'families softmax', 'Softmax and triplet, after softmax': 'families softmax + triplet' },
      columns: {
        'Market-1501 rank-1': 'reidentification.cmc1',
        'Market-1501 mAP': 'reidentification.map',
        mINP: 'reidentification.minp',
        'rank-1, re-ranked': 'reidentification.rerankedCmc1',
        'mAP, re-ranked': 'reidentification.rerankedMap',
        'mINP, re-ranked': 'reidentification.rerankedMinp',
      },
      note: 'Ours: font families, with weight and style as the camera',
    },
    'ablation-negatives': { rows: { 'shift by the minimum': 'shifted', 'clamp with ReLU': 'Group Loss' }, ours: { 'clamp, cosine without its mean': 'cosine' }, columns: { 'CUB R@1': R1 } },
    'ablation-aux-ce': {
      rows: { 'without auxiliary CE, relative to with': 'Group Loss' },
      ours: { 'with auxiliary CE': 'auxiliary cross-entropy', 'diagonal 1': 'diagonal 1', 'both, as released': 'released form' },
      columns: { 'delta R@1': R1 },
      note: 'Published: a difference; ours: the scores themselves',
    },
    'ablation-anchors': {
      rows: { '1 anchor of 9 samples': 'Group Loss', '2 anchors of 9 samples': 'anchors=2', 'no anchors (bound)': 'anchors=0' },
      ours: { '3 anchors': 'anchors=3' },
      columns: { 'delta R@1': R1 },
      note: 'Published: differences to the best, 9 images a class; ours: the scores themselves, 5 images a class',
    },
    'ablation-iterations': {
      rows: { 'T=0': 'T=0', 'T=1': 'Group Loss', 'T=2': 'T=2', 'T=3': 'T=3', 'T=5': 'T=5' },
      ours: { 'priors of present classes': 'priors of present classes', 'uniform priors': 'uniform priors' },
      columns: { 'CUB R@1': R1 },
    },
  },

  figures: {
    steps: { kind: 'margin-sweep', title: 'Retrieval against the steps of refinement', along: [[0, 'T=0'], [1, 'Group Loss'], [2, 'T=2'], [3, 'T=3'], [5, 'T=5']], axis: 'steps T', metrics: RETRIEVAL, reference: { softmax: 'softmax, two stages' } },
    temperature: { kind: 'margin-sweep', title: 'Retrieval against the temperature of the priors', along: [[1, 'tau=1'], [3, 'tau=3'], [10, 'Group Loss'], [30, 'tau=30'], [100, 'tau=100']], axis: 'temperature tau', metrics: RETRIEVAL, reference: { softmax: 'softmax, two stages' } },
    anchors: { kind: 'margin-sweep', title: 'Retrieval against anchors among five images a class', along: [[0, 'anchors=0'], [1, 'Group Loss'], [2, 'anchors=2'], [3, 'anchors=3']], axis: 'anchors a class', metrics: RETRIEVAL, reference: { softmax: 'softmax, two stages' } },
    'classes-per-batch': { kind: 'margin-sweep', title: 'Retrieval against the classes of a batch, five images each', along: [[4, 'P=4'], [8, 'P=8'], [16, 'Group Loss'], [32, 'P=32']], axis: 'classes a batch P', metrics: RETRIEVAL, reference: { softmax: 'softmax, two stages' } },
    'gaps-to-group-loss': gapsOf('Gaps to Group Loss, seed by seed', 'Group Loss', ['from random weights', 'released form', 'auxiliary cross-entropy', 'diagonal 1', 'T=0', 'shifted', 'cosine', 'softmax, two stages', 'softmax', 'normalised softmax', 'Proxy-NCA++', 'triplet, semi-hard'], 'retrieval.mapAtR'),
    'test-time': dotsOf('What changes at test time, on one checkpoint a seed', ['pooled', 'mixed pooling', 'leaky activation', 'partial normalisation', 're-ranked', '++ without re-ranking', '++'], RETRIEVAL),
    losses: dotsOf('Retrieval of unseen classes', ['Group Loss', 'from random weights', 'softmax, two stages', 'softmax', 'normalised softmax', 'Proxy-NCA++', 'triplet, semi-hard', 'lifted structure', 'N-pair', 'margin', 'multi-similarity', 'ranked list'], RETRIEVAL),
    're-identification': dotsOf('Families of unseen typefaces, other weights and styles', ['families Group Loss', 'families ++', 'families softmax', 'families softmax + triplet'], ['reidentification.cmc1', 'reidentification.map', 'reidentification.rerankedMap']),
    angles: anglesOf('Angles of genuine and impostor pairs of unseen classes', ['Group Loss', 'T=0', 'softmax', 'triplet, semi-hard']),
    'learning-curves': curvesOf('Training loss and validation retrieval of the last stage', ['Group Loss', 'from random weights', 'softmax, two stages', 'triplet, semi-hard', 'Proxy-NCA++'], 'retrieval.mapAtR'),
  },

  ablations: {
    steps: { says: 'steps of refinement and temperature of the priors', from: 'Group Loss', vary: { 'loss.steps': [0, 1, 2, 3, 5], 'loss.temperature': [1, 10, 40] }, metric: 'retrieval.mapAtR' },
    anchors: { says: 'anchors a class and images a class, as many images in all', from: 'Group Loss', vary: { 'loss.anchorsPerClass': [0, 1, 2, 3], 'schedule.classBalance.imagesPerClass': [4, 5, 8] }, metric: 'retrieval.mapAtR' },
    similarity: { says: 'similarity, what becomes of negatives, and the diagonal', from: 'Group Loss', vary: { 'loss.similarity': ['pearson', 'cosine'], 'loss.negatives': ['clamp', 'shift'], 'loss.diagonal': ['zero', 'one'] }, metric: 'retrieval.mapAtR' },
    'cross-entropy': { says: 'weight of the plain cross-entropy, after a first stage and without', from: 'Group Loss', vary: { 'loss.crossEntropyWeight': [0, 0.5, 1] }, against: 'from random weights', metric: 'retrieval.mapAtR' },
    priors: { says: 'classes of the softmax that starts the labels', from: 'Group Loss', vary: { 'loss.priors': ['all', 'present', 'uniform'] }, metric: 'retrieval.mapAtR' },
    pretraining: { says: 'length of the first stage, beside an equally long last one', from: 'Group Loss', vary: { 'pretraining.schedule.epochs': [1, 2, 4, 8] }, against: 'softmax, two stages', metric: 'retrieval.mapAtR' },
    'test-time': { says: 'mixture of the pool, slope below 0 and part of the length that stays', from: '++ without re-ranking', vary: { 'evaluation.testTime.maxShare': [0, 0.5, 1], 'evaluation.testTime.slope': [0, 0.75, 1], 'evaluation.testTime.beta': [0, 0.004] }, metric: R1 },
    reranking: { says: 'constants of the re-ranking', from: 're-ranked', vary: { 'evaluation.reranking.k1': [20, 50], 'evaluation.reranking.lambda': [0.3, 0.94, 1] }, metric: R1 },
  },

  claims: {
    C1: {
      says: 'Group Loss is above losses of pairs, triplets and proxies on the same network, each of those of the table that are trained here',
      inPaper: 'ECCV 2020, comparison of losses',
      published: [['eccv-table-losses', 'Proxy-NCA', 'Cars R@1'], ['eccv-table-losses', 'Group Loss (ours, ECCV / arXiv v4)', 'Cars R@1']],
      expect: aboveAll('Group Loss', COMPARED_LOSSES, R1),
    },
    C2: {
      says: 'it clusters better than each of them too',
      inPaper: 'ECCV 2020, comparison of losses',
      published: [['eccv-table-losses', 'Proxy-NCA', 'CUB NMI'], ['eccv-table-losses', 'Group Loss (ours, ECCV / arXiv v4)', 'CUB NMI']],
      expect: aboveAll('Group Loss', COMPARED_LOSSES, 'clustering.nmi'),
    },
    C3: {
      says: 'the refinement adds to classification (here: to T = 0, all else equal)',
      inPaper: 'ECCV 2020, comparison of losses, row of classification',
      published: [['eccv-table-losses', 'Classification (normalised soft-max)', 'CUB R@1'], ['eccv-table-losses', 'Group Loss (ours, ECCV / arXiv v4)', 'CUB R@1']],
      expect: above('Group Loss', 'T=0', R1),
    },
    C4: {
      says: 'one or two anchors a class are best: none costs a little, many hurt (here: one of five images, against none and three)',
      inPaper: 'ECCV 2020, heat map of anchors and samples',
      published: [['ablation-anchors', '1 anchor of 9 samples', 'delta R@1'], ['ablation-anchors', '2 anchors of 9 samples', 'delta R@1']],
      expect: peaksInside(['anchors=0', 'Group Loss', 'anchors=3'], R1),
    },
    C5: { says: 'a batch of few classes is enough: 8 are not below 32', inPaper: 'ECCV 2020, figure of classes per batch', expect: notBelow('P=8', 'P=32', 0.01, R1) },
    C6: {
      says: 'negative correlations are to be clamped, not shifted (CUB; equal on Cars)',
      inPaper: 'ECCV 2020, ablation',
      published: [['ablation-negatives', 'shift by the minimum', 'CUB R@1'], ['ablation-negatives', 'clamp with ReLU', 'CUB R@1']],
      expect: above('Group Loss', 'shifted', R1),
    },
    C7: {
      says: 'a plain cross-entropy beside it adds about a point',
      inPaper: 'Not in the paper; a maintainer of the released code',
      published: [['ablation-aux-ce', 'without auxiliary CE, relative to with', 'delta R@1']],
      expect: above('auxiliary cross-entropy', 'Group Loss', R1),
    },
    C8: {
      says: 'five networks side by side are above one',
      inPaper: 'ECCV 2020, comparison of ensembles',
      published: [['eccv-table-ensembles', 'Group Loss, 1 net', 'CUB R@1'], ['eccv-table-ensembles', 'Group Loss, 5-ensemble', 'CUB R@1']],
      expect: notHere('five checkpoints would have to be measured as one embedding, while a record, its seed and its intervals are those of one run'),
    },
    C9: { says: 'it converges within about 30 epochs on Cars, faster than losses of pairs', inPaper: 'ECCV 2020, figure of R@1 by epoch', expect: notHere('schedules end within 12 epochs for all losses; the figure of learning curves shows them side by side') },
    C10: { says: 'scores on the classes of training are little above those of test', inPaper: 'ECCV 2020, figures of training and test R@1', expect: notHere('after training only angles are measured among the classes of training, no retrieval') },
    C11: { says: 'what changes at test time raises R@1 without training', inPaper: 'Group Loss++, abstract', expect: above('++', 'pooled', R1) },
    C12: { says: 'with what changes at test time (but re-ranking) it is not below the loss made for re-identification', inPaper: 'Group Loss++, abstract', expect: notBelow('families ++', 'families softmax + triplet', 0.02, 'reidentification.map') },
    C13: { says: 'the softmax of the priors has to be softened', inPaper: 'Released settings: temperatures of 24 to 79', published: [['settings-training', 'CUB', 'temperature']], expect: above('Group Loss', 'tau=1', R1) },
    C14: { says: 'one step of refinement is enough: it is not below three', inPaper: 'Released settings: one step on all sets', published: [['settings-training', 'CUB', 'T']], expect: notBelow('Group Loss', 'T=3', 0.01, R1) },
    C15: { says: 'refinement never makes the labels of similar images agree less', inPaper: 'ECCV 2020, section 3 (Baum and Eagon)', expect: exact('packages/core-losses/test/math/replicator-dynamics: never makes the labels of similar examples agree less') },
    C16: { says: 'larger networks are better', inPaper: 'Table of backbones', expect: notHere('networks of the lab are small; two tiny widths would say nothing of DenseNet') },
  },
});
