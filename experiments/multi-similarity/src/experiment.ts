import {
  above,
  aboveAll,
  anglesOf,
  curvesOf,
  defineExperiment,
  dotsOf,
  exact,
  gapsOf,
  lossRows,
  notHere,
  notTrained,
  rises,
  shuffled,
  smokeSize,
  sweep,
  trainedWith,
  tuned,
  zeroShotHangul,
  zeroShotPaper,
  type VariantPlan,
} from '@hypersphere/experiment-kit';

const { learningRate, threshold } = tuned.multiSimilarity;
/** Constants of the released code; the threshold is the tuned one. */
const code = { name: 'multiSimilarity', negativeScale: 40, threshold } as const;
const ms = trainedWith(code, learningRate);

/** A row with another number of values in its embedding. */
const ofSize = (row: ReturnType<typeof trainedWith>, embeddingDim: number): VariantPlan => (base) => ({ ...row, backbone: { ...base.backbone, embeddingDim } });

/** P classes of five images; as many epochs, so as many images, whatever P. */
const withClasses = (classesPerBatch: number): VariantPlan => ({ schedule }) => ({
  ...ms,
  schedule: { ...schedule, batchSize: 5 * classesPerBatch, classBalance: { classesPerBatch, imagesPerClass: 5 } },
});

const dim = (embeddingDim: number): VariantPlan => ofSize(ms, embeddingDim);

const variants = {
  MS: { ...ms, inPaper: { loss: { name: 'multiSimilarity' }, backbone: { name: 'bn-inception', release: 'pytorch', embeddingDim: 64, maxShare: 1, frozenBatchNorm: 'statistics' } } },
  'MS, constants of the paper': trainedWith({ name: 'multiSimilarity' }, learningRate),
  'MS, constants of the code': trainedWith({ ...code, threshold: 0.5 }, learningRate),
  'mining only': trainedWith({ ...code, weighting: false }, learningRate),
  'weighting only': trainedWith({ ...code, mining: false }, learningRate),
  'duplicates dropped': trainedWith({ ...code, duplicates: 'dropped' }, learningRate),
  softmax: shuffled(lossRows.softmax),
  contrastive: lossRows.contrastive,
  'triplet, semi-hard': lossRows['triplet, semi-hard'],
  'lifted structure': lossRows['lifted structure'],
  'binomial deviance': lossRows['binomial deviance'],
  /** The weighting by own similarity alone, as the paper writes it: MS without mining, without the other pairs of an anchor. */
  'binomial deviance of anchors': trainedWith({ name: 'binomialDeviance', average: 'anchors', scale: 2, negativeCost: 20, threshold }, learningRate),
  'N-pair': lossRows['N-pair'],
  'Proxy-NCA++': lossRows['Proxy-NCA++'],
  margin: lossRows.margin,
  ...sweep('D', [8, 16, 32, 128], dim),
  'contrastive D=16': ofSize(lossRows.contrastive, 16),
  'triplet D=16': ofSize(lossRows['triplet, semi-hard'], 16),
  ...sweep('P', [4, 8, 32], withClasses),
} as const satisfies Readonly<Record<string, VariantPlan>>;
type InLab = keyof typeof variants;

/** Multi-similarity loss: pairs mined against the opposite kind, then weighted. Paper: BN-Inception on CUB and others; here Hangul (see README). */
export default defineExperiment({
  id: 'multi-similarity',
  paper: {
    title: 'Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning',
    authors: 'Xun Wang, Xintong Han, Weilin Huang, Dengke Dong, Matthew R. Scott',
    venue: 'CVPR',
    year: 2019,
    url: 'https://arxiv.org/abs/1904.06627',
  },
  idea: 'Pairs mined, then weighted by three similarities',
  main: 'MS',
  metrics: ['retrieval.recallAt1', 'retrieval.mapAtR', 'retrieval.recallAt8', 'verification.tarAtFar1e-3'],

  variants: {
    ...variants,
    /** Of the profile `paper` alone: the lab's network is too narrow, and this would be MS again. */
    'MS 512': { ...ms, inPaper: { loss: { name: 'multiSimilarity' } } },
  },

  profiles: {
    smoke: { base: zeroShotHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: { base: zeroShotHangul.quick, seeds: [0], variants: ['MS', 'weighting only', 'contrastive', 'triplet, semi-hard', 'binomial deviance', 'softmax'] },
    standard: { base: zeroShotHangul.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: Object.keys(variants) as InLab[] },
    paper: { base: zeroShotPaper({ test: 'cub', batch: { classesPerBatch: 16, imagesPerClass: 5 } }), seeds: [0], variants: ['MS', 'MS 512'] },
  },

  tables: {
    cub: {
      rows: {
        Clustering: notTrained('the loss is not in the registry'),
        'Proxy-NCA': 'Proxy-NCA++',
        'Smart Mining': notTrained('the loss is not in the registry'),
        HDC: notTrained('a cascade of networks'),
        Margin: 'margin',
        HTL: notTrained('the loss is not in the registry'),
        'A-BIER': notTrained('an ensemble with adversarial terms'),
        ABE: notTrained('an ensemble with attention'),
        'MS (64)': 'MS',
        'MS (512)': 'MS 512',
      },
      ours: {
        'Softmax, shuffled batches': 'softmax',
        Contrastive: 'contrastive',
        'Triplet, semi-hard': 'triplet, semi-hard',
        'Lifted structure': 'lifted structure',
        'Binomial deviance': 'binomial deviance',
        'N-pair': 'N-pair',
        'MS, constants of the paper': 'MS, constants of the paper',
        'MS, constants of the released code (the same run while the threshold found is 0.5)': 'MS, constants of the code',
        'MS, equal positives dropped as in the released code': 'duplicates dropped',
      },
      columns: { 'R@1': 'retrieval.recallAt1', 'R@2': 'retrieval.recallAt2', 'R@4': 'retrieval.recallAt4', 'R@8': 'retrieval.recallAt8', 'R@16': null, 'R@32': null },
      note: 'Published: CUB-200-2011, networks that start from ImageNet.',
    },
    'ablation-components': {
      rows: {
        'Binomial deviance (self-similarity weighting)': 'binomial deviance of anchors',
        'Lifted structure (negative relative similarity)': notTrained('the form with cosines is no option of the loss; see the row with distances'),
        'MS mining only': 'mining only',
        'MS weighting only': 'weighting only',
        'MS mining + weighting': 'MS',
      },
      ours: { 'Binomial deviance, mean over all pairs': 'binomial deviance', 'Lifted structure, distances': 'lifted structure' },
      columns: { 'R@1': 'retrieval.recallAt1', 'R@2': 'retrieval.recallAt2', 'R@4': 'retrieval.recallAt4', 'R@8': 'retrieval.recallAt8', 'R@16': null, 'R@32': null },
    },
    'ablation-embedding-size': {
      rows: { 'D=64': 'MS', 'D=128': 'D=128', 'D=256': notTrained('wider than the last layer of the small network'), 'D=512': notTrained('wider than the last layer of the small network'), 'D=1024': notTrained('wider than the last layer of the small network') },
      ours: { 'D=8': 'D=8', 'D=16': 'D=16', 'D=32': 'D=32' },
      columns: { 'R@1': 'retrieval.recallAt1', 'R@2': 'retrieval.recallAt2', 'R@4': 'retrieval.recallAt4', 'R@8': 'retrieval.recallAt8', 'R@16': null, 'R@32': null },
    },
  },

  figures: {
    'pair-weights': {
      kind: 'pair-weights',
      title: 'Which similarities set the weight of a negative pair (as the cases of Figure 2)',
      losses: [
        { label: 'contrastive', loss: { name: 'contrastive', threshold: 0.5 } },
        { label: 'triplet', loss: { name: 'triplet', margin: 0.1 } },
        { label: 'lifted structure', loss: { name: 'liftedStructure', threshold: 1 } },
        { label: 'binomial deviance', loss: { name: 'binomialDeviance', positiveScale: 2, negativeScale: 40, threshold: 0.5 } },
        { label: 'multi-similarity', loss: { name: 'multiSimilarity', positiveScale: 2, negativeScale: 40, threshold: 0.5, miningMargin: 0.1 } },
      ],
    },
    'embedding-size': {
      kind: 'margin-sweep',
      title: 'Retrieval against the number of values in an embedding',
      along: [[8, 'D=8'], [16, 'D=16'], [32, 'D=32'], [64, 'MS'], [128, 'D=128']],
      axis: 'embedding size D',
      metrics: ['retrieval.recallAt1', 'retrieval.mapAtR'],
      reference: { softmax: 'softmax' },
    },
    'batch-size': {
      kind: 'margin-sweep',
      title: 'Retrieval against the classes of a batch, five images each',
      along: [[4, 'P=4'], [8, 'P=8'], [16, 'MS'], [32, 'P=32']],
      axis: 'classes a batch P',
      metrics: ['retrieval.recallAt1', 'retrieval.mapAtR'],
      reference: { softmax: 'softmax' },
    },
    'gaps-to-ms': gapsOf('Gaps to the multi-similarity loss, seed by seed', 'MS', ['contrastive', 'triplet, semi-hard', 'lifted structure', 'binomial deviance', 'N-pair', 'softmax', 'mining only', 'weighting only'], 'retrieval.mapAtR'),
    losses: dotsOf('Retrieval of unseen classes', ['MS', 'contrastive', 'triplet, semi-hard', 'lifted structure', 'binomial deviance', 'N-pair', 'Proxy-NCA++', 'margin', 'softmax'], ['retrieval.recallAt1', 'retrieval.mapAtR']),
    angles: anglesOf('Angles of genuine and impostor pairs of unseen classes', ['MS', 'contrastive', 'triplet, semi-hard']),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['MS', 'contrastive', 'triplet, semi-hard', 'softmax'], 'retrieval.mapAtR'),
  },

  ablations: {
    constants: { says: 'slope of negatives and threshold', from: 'MS', vary: { 'loss.negativeScale': [10, 40, 50], 'loss.threshold': [0.5, 0.7, 1] }, metric: 'retrieval.mapAtR' },
    mining: { says: 'slack of the mining', from: 'MS', vary: { 'loss.miningMargin': [0, 0.05, 0.1, 0.2, 0.4] }, metric: 'retrieval.mapAtR' },
    'embedding-size': { says: 'values in an embedding', from: 'MS', vary: { 'backbone.embeddingDim': [8, 16, 32, 64, 128] }, metric: 'retrieval.mapAtR' },
    components: { says: 'mining and weighting, each with and without', from: 'MS', vary: { 'loss.mining': [true, false], 'loss.weighting': [true, false] }, metric: 'retrieval.mapAtR' },
  },

  claims: {
    C1: {
      says: 'MS is above each of the earlier losses on pairs that it generalises (in the paper HTL and others, at 512 values ABE)',
      inPaper: 'Abstract; comparison on CUB',
      published: [['cub', 'HTL', 'R@1'], ['cub', 'MS (512)', 'R@1']],
      expect: aboveAll('MS', ['contrastive', 'triplet, semi-hard', 'lifted structure', 'binomial deviance'], 'retrieval.recallAt1'),
    },
    C2: { says: 'MS is far above HTL on In-Shop', inPaper: 'Abstract; comparison on In-Shop', published: [['inshop', 'HTL', 'R@1'], ['inshop', 'MS (128)', 'R@1']], expect: notHere('needs clothes photographs; HTL is not in the registry') },
    C3: { says: 'MS is above the ensemble ABE on Stanford Online Products', inPaper: 'Comparison on SOP', published: [['sop', 'ABE', 'R@1'], ['sop', 'MS (512)', 'R@1']], expect: notHere('the ensemble is not trained') },
    C4: { says: 'on Cars MS is second only to the ensemble ABE', inPaper: 'Comparison on Cars-196', published: [['cars', 'ABE', 'R@1'], ['cars', 'MS (512)', 'R@1']], expect: notHere('the ensemble is not trained') },
    C5: {
      says: 'with small embeddings MS is above baselines of the same size',
      inPaper: 'Comparison on CUB, 64 values',
      published: [['cub', 'Smart Mining', 'R@1'], ['cub', 'MS (64)', 'R@1']],
      expect: aboveAll('D=16', ['triplet D=16', 'contrastive D=16'], 'retrieval.recallAt1'),
    },
    C6: {
      says: 'retrieval rises with the size of the embedding',
      inPaper: 'Ablation of the embedding size, Cars-196',
      published: [['ablation-embedding-size', 'D=64', 'R@1'], ['ablation-embedding-size', 'D=512', 'R@1']],
      expect: rises(['D=8', 'D=16', 'MS', 'D=128'], 'retrieval.recallAt1'),
    },
    C7: { says: 'mining helps the weighting', inPaper: 'Ablation of components, Cars-196', expect: above('MS', 'weighting only', 'retrieval.recallAt1') },
    C8: { says: 'weighting helps the mining', inPaper: 'Ablation of components, Cars-196', expect: above('MS', 'mining only', 'retrieval.recallAt1') },
    C9: { says: 'the gradient of a loss on pairs is that of its weighted sum of similarities', inPaper: 'Section 3, general pair weighting', expect: exact('packages/core-losses/test/theory/pair-weights: are the gradient of') },
    C10: {
      says: 'MS responds to all three similarities, other losses to fewer',
      inPaper: 'Table 1 and Figure 2',
      published: [['similarities-used', 'MS', 'P'], ['similarities-used', 'Contrastive', 'P']],
      expect: exact('packages/core-losses/test/theory/pair-weights: responds to its own'),
    },
    C11: { says: 'larger batches help', inPaper: 'Supplement, batch size', expect: rises(['P=4', 'MS', 'P=32'], 'retrieval.recallAt1') },
    C12: { says: 'freezing the statistics of batch norm helps on CUB', inPaper: 'Released code, comment', expect: notHere('the network starts from random weights, so there are no statistics to keep') },
  },
});
