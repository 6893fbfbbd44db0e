import {
  above,
  curvesOf,
  defineExperiment,
  dotsOf,
  gapsOf,
  level,
  lossRows,
  notHere,
  notTrained,
  onTypefaces,
  shuffled,
  smokeSize,
  zeroShotHangul,
  zeroShotPaper,
  type Ablation,
} from '@hypersphere/experiment-kit';

/** Rows that have a published one beside them. */
const PUBLISHED = new Set<string>(['contrastive', 'margin', 'triplet, semi-hard', 'NT-Xent', 'Proxy-NCA++', 'normalised softmax', 'CosFace', 'ArcFace', 'Multi-Similarity without mining', 'Multi-Similarity']);

type Row = keyof typeof lossRows;

/** Learning rates of a search; a value that wins at an edge is widened until it does not. */
const RATES = [0.005, 0.01, 0.02, 0.04];
const HIGH = [0.01, 0.02, 0.04];

/** At least eight trials: learning rates times one option of the loss, two seeds, validation classes. */
const search = (from: Row, option: string, values: readonly (number | string)[], rates: readonly number[] = RATES): Ablation<Row> => ({
  says: `settings of ${from}`,
  search: true,
  seeds: [100, 101],
  from,
  vary: { 'optimiser.learningRate': rates, [`loss.${option}`]: values },
  metric: 'retrieval.mapAtR',
});

const names = Object.keys(lossRows) as Row[];
const { softmax, ArcFace } = lossRows;

/** Every loss of the registry on the same data, network, batches and budget. */
export default defineExperiment({
  id: 'head-to-head',
  paper: {
    title: 'A Metric Learning Reality Check',
    authors: 'Kevin Musgrave, Serge Belongie, Ser-Nam Lim',
    venue: 'ECCV',
    year: 2020,
    url: 'https://arxiv.org/abs/2003.08505',
  },
  idea: 'All losses under equal treatment',
  main: 'Multi-Similarity',
  metrics: ['retrieval.mapAtR', 'retrieval.recallAt1', 'retrieval.rPrecision', 'verification.tarAtFar1e-3'],

  variants: {
    ...lossRows,
    'softmax, shuffled': shuffled(softmax),
    'CosFace, shuffled': shuffled(lossRows.CosFace),
    'ArcFace, shuffled': shuffled(ArcFace),
    ...onTypefaces(lossRows),
  },

  profiles: {
    smoke: { base: zeroShotHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: { base: zeroShotHangul.quick, seeds: [0], variants: ['softmax', 'ArcFace', 'contrastive', 'triplet, semi-hard', 'Multi-Similarity', 'SupCon'] },
    standard: { base: zeroShotHangul.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: 'all' },
    paper: { base: zeroShotPaper({ test: 'cub', batch: { classesPerBatch: 8, imagesPerClass: 4 } }), seeds: [0], variants: names },
  },

  tables: {
    'mlrc-cub-cars': {
      rows: {
        Pretrained: notTrained('networks start from random weights here'),
        Contrastive: 'contrastive',
        Triplet: 'triplet, semi-hard',
        'NT-Xent': 'NT-Xent',
        ProxyNCA: 'Proxy-NCA++',
        Margin: notTrained('one boundary for all classes is an option of the loss, no row'),
        'Margin/class': 'margin',
        'Normalized softmax': 'normalised softmax',
        CosFace: 'CosFace',
        ArcFace: 'ArcFace',
        FastAP: notTrained('the loss is not in the registry'),
        'SNR contrastive': notTrained('the loss is not in the registry'),
        'Multi-similarity': 'Multi-Similarity without mining',
        'Multi-similarity + miner': 'Multi-Similarity',
        SoftTriple: notTrained('the loss is not in the registry'),
      },
      ours: Object.fromEntries([...names, 'softmax, shuffled', 'CosFace, shuffled', 'ArcFace, shuffled'].filter((name) => !PUBLISHED.has(name)).map((name) => [name, name])) as Record<string, Row>,
      columns: { 'CUB sep P@1': 'retrieval.recallAt1', 'CUB sep RP': 'retrieval.rPrecision', 'CUB sep MAP@R': 'retrieval.mapAtR' },
      note: 'The published columns are those of separate 128-value embeddings on CUB.',
    },
  },

  figures: {
    losses: dotsOf('All losses, same data, batches and budget', names, ['retrieval.mapAtR', 'retrieval.recallAt1', 'verification.tarAtFar1e-3']),
    'gaps-to-softmax': gapsOf('Gaps to softmax, seed by seed', 'softmax', names.filter((name) => name !== 'softmax'), 'retrieval.mapAtR'),
    'gaps-to-contrastive': gapsOf('Gaps to the contrastive loss, seed by seed', 'contrastive', names.filter((name) => name !== 'contrastive'), 'retrieval.mapAtR'),
    'gaps-on-typefaces': gapsOf('Gaps to softmax on typefaces, seed by seed', 'typefaces softmax', names.filter((name) => name !== 'softmax').map((name) => `typefaces ${name}` as const), 'retrieval.mapAtR'),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['softmax', 'ArcFace', 'contrastive', 'Multi-Similarity'], 'retrieval.mapAtR'),
  },

  ablations: {
    'search-contrastive': search('contrastive', 'negativeMargin', [0.5, 1]),
    'search-semi-hard': search('triplet, semi-hard', 'margin', [0.1, 0.2]),
    'search-triplet-all': search('triplet, all', 'margin', [0.1, 0.2]),
    'search-n-pair': search('N-pair', 'penalty', [0.002, 0.02]),
    'search-lifted': search('lifted structure', 'margin', [0.5, 1]),
    'search-binomial': search('binomial deviance', 'negativeCost', [10, 25]),
    'search-multi-similarity': search('Multi-Similarity', 'threshold', [0.5, 0.7, 0.9], HIGH),
    'search-ranked-list': search('Ranked List', 'boundary', [1, 1.2, 1.4], HIGH),
    'search-circle': search('Circle', 'scale', [32, 80]),
    'search-supcon': search('SupCon', 'temperature', [0.1, 0.2]),
    'search-proxy-nca': search('Proxy-NCA++', 'proxyScale', [1, 3]),
    'search-proxy-anchor': search('Proxy-Anchor', 'scale', [16, 32]),
    'search-group': search('Group Loss', 'temperature', [10, 40]),
    'search-nbc': search('NBC-Softmax', 'tau', [0.2, 5]),
    'search-magface': search('MagFace', 'scale', [10, 16]),
    'search-unpg': search('UNPG', 'scale', [6, 10]),
    'search-l-softmax': search('L-Softmax', 'margin', [2, 4]),
    'search-margin': search('margin', 'boundary', [1, 1.2]),
    'search-softmax-triplet': search('softmax + triplet', 'margin', [0.3, 0.6]),
    'search-pairwise': search('pairwise cross-entropy', 'lambda', [0.3, 1]),
    'search-das': search('DAS', 'shift', [0.01, 0.1]),
    'search-contra-x': search('Contra-X', 'weight', [0.1, 1]),
    'search-centre': search('softmax + centre', 'weight', [0.003, 0.01]),
  },

  claims: {
    C1: {
      says: 'tuned alike, the multi-similarity loss is level with the contrastive loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub-cars', 'Multi-similarity + miner', 'CUB sep MAP@R'], ['mlrc-cub-cars', 'Contrastive', 'CUB sep MAP@R']],
      expect: level('Multi-Similarity', 'contrastive', 0.02, 'retrieval.mapAtR'),
    },
    C2: {
      says: 'tuned alike, ArcFace is level with the contrastive loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub-cars', 'ArcFace', 'CUB sep MAP@R'], ['mlrc-cub-cars', 'Contrastive', 'CUB sep MAP@R']],
      expect: level('ArcFace', 'contrastive', 0.02, 'retrieval.mapAtR'),
    },
    C3: {
      says: 'the contrastive loss is above the triplet loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub-cars', 'Contrastive', 'CUB sep MAP@R'], ['mlrc-cub-cars', 'Triplet', 'CUB sep MAP@R']],
      expect: above('contrastive', 'triplet, semi-hard', 'retrieval.mapAtR'),
    },
    C4: {
      says: 'margins are above the normalised softmax',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub-cars', 'ArcFace', 'CUB sep MAP@R'], ['mlrc-cub-cars', 'Normalized softmax', 'CUB sep MAP@R']],
      expect: above('ArcFace', 'normalised softmax', 'retrieval.mapAtR'),
    },
    C5: {
      says: 'mining helps the multi-similarity loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub-cars', 'Multi-similarity + miner', 'CUB sep MAP@R'], ['mlrc-cub-cars', 'Multi-similarity', 'CUB sep MAP@R']],
      expect: above('Multi-Similarity', 'Multi-Similarity without mining', 'retrieval.mapAtR'),
    },
    C6: { says: 'gains over the years are smaller under one protocol than papers claim', inPaper: 'Figure of accuracy over time', expect: notHere('papers of many years would have to be run in their own protocols') },
  },
});
