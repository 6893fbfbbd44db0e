import {
  above,
  balancedRows,
  curvesOf,
  defineExperiment,
  dotsOf,
  gapGrows,
  gapsOf,
  level,
  lossRows,
  notHere,
  notTrained,
  onTypefaces,
  shuffled,
  smokeSize,
  trainedWith,
  tuned,
  zeroShotHangul,
  zeroShotPaper,
  type Ablation,
  type RunConfig,
  type VariantPlan,
} from '@hypersphere/experiment-kit';

const { marginLoss, proxyNca } = tuned;
const batchHard = (options: { readonly form: 'soft' } | { readonly form: 'hinge'; readonly margin: number }) => trainedWith({ name: 'tripletBatchHard', ...options }, 0.01);

/** Losses and forms of the registry that no other comparison shares: at a usual rate, or that of their kin. */
const ownRows = {
  'margin, one boundary': trainedWith({ name: 'marginLoss', boundary: marginLoss.boundary, learned: 'global' }, marginLoss.learningRate),
  'triplet, batch-hard': batchHard({ form: 'soft' }),
  'Proxy-NCA': trainedWith({ name: 'proxyNca', embeddingScale: 1, proxyScale: proxyNca.proxyScale }, proxyNca.learningRate),
} as const;
const rows = { ...balancedRows, ...ownRows };
type Row = keyof typeof rows;
const names = Object.keys(rows) as Row[];

/** Rows that have a published one beside them. */
const published = {
  Contrastive: 'contrastive',
  Triplet: 'triplet, all',
  'NT-Xent': 'NT-Xent',
  ProxyNCA: 'Proxy-NCA++',
  Margin: 'margin, one boundary',
  'Margin/class': 'margin',
  'Normalized softmax': 'normalised softmax',
  CosFace: 'CosFace',
  ArcFace: 'ArcFace',
  'Multi-similarity': 'Multi-Similarity without mining',
  'Multi-similarity + miner': 'Multi-Similarity',
} as const satisfies Readonly<Record<string, Row>>;
const unpublished = names.filter((name) => !Object.values<Row>(published).includes(name));
const notInRegistry = notTrained('the loss is not in the registry');
const untrained = { Pretrained: notTrained('networks start from random weights here'), FastAP: notInRegistry, 'SNR contrastive': notInRegistry, SoftTriple: notInRegistry } as const;

type OnTypefaces = `typefaces ${Row}`;
const onTypefacesToo = (name: Row): OnTypefaces => `typefaces ${name}`;
const labelled = <const V extends string>(of: readonly V[]): Record<string, V> => Object.fromEntries(of.map((name) => [name, name]));

/** A row at a third of the epochs: how far it is by then. */
const early = (row: (typeof rows)[Row]): VariantPlan => ({ schedule }) => ({ ...row, schedule: { ...schedule, epochs: (schedule.epochs ?? 0) / 3 } as RunConfig['schedule'] });

/** Learning rates of a search; a value that wins at an edge is widened until it does not. */
const RATES = [0.005, 0.01, 0.02, 0.04];
const HIGH = [0.01, 0.02, 0.04];

/** At least eight trials: learning rates times one option of the loss, two seeds, validation classes. */
const search = (from: Row, option: string, values: readonly (number | string | boolean)[], rates: readonly number[] = RATES): Ablation<Row> => ({
  ...searchRates(from, rates),
  vary: { 'optimiser.learningRate': rates, [`loss.${option}`]: values },
});

/** A loss without an option to search: rates alone. */
const searchRates = (from: Row, rates: readonly number[]): Ablation<Row> => ({
  says: `settings of ${from}`,
  search: true,
  seeds: [100, 101],
  from,
  vary: { 'optimiser.learningRate': rates },
  metric: 'retrieval.mapAtR',
});

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
    ...rows,
    'margin, negatives drawn evenly': trainedWith({ name: 'marginLoss', boundary: marginLoss.boundary, sampling: 'uniform' }, marginLoss.learningRate),
    'triplet, batch-hard m=1': batchHard({ form: 'hinge', margin: 1 }),
    'contrastive, a third of the epochs': early(rows.contrastive),
    'Proxy-Anchor, a third of the epochs': early(rows['Proxy-Anchor']),
    'softmax, shuffled': shuffled(lossRows.softmax),
    'CosFace, shuffled': shuffled(lossRows.CosFace),
    'ArcFace, shuffled': shuffled(lossRows.ArcFace),
    ...onTypefaces(rows),
  },

  profiles: {
    smoke: { base: zeroShotHangul.smoke, resize: smokeSize, seeds: [0], variants: 'all' },
    quick: { base: zeroShotHangul.quick, seeds: [0], variants: ['softmax', 'ArcFace', 'contrastive', 'triplet, semi-hard', 'Multi-Similarity', 'SupCon'] },
    standard: { base: zeroShotHangul.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: 'all' },
    paper: { base: zeroShotPaper({ test: 'cub', batch: { classesPerBatch: 8, imagesPerClass: 4 } }), seeds: [0], variants: names },
  },

  tables: {
    'mlrc-cub': {
      rows: { ...untrained, ...published },
      ours: labelled([...unpublished, 'softmax, shuffled', 'CosFace, shuffled', 'ArcFace, shuffled']),
      columns: { 'CUB sep P@1': 'retrieval.recallAt1', 'CUB sep RP': 'retrieval.rPrecision', 'CUB sep MAP@R': 'retrieval.mapAtR' },
      note: 'Published: separate embeddings of 128 values. Ours: Hangul.',
    },
    'mlrc-cars': {
      rows: { ...untrained, ...(Object.fromEntries(Object.entries(published).map(([label, name]) => [label, onTypefacesToo(name)])) as Record<string, OnTypefaces>) },
      ours: labelled(unpublished.map(onTypefacesToo)),
      columns: { 'Cars sep P@1': 'retrieval.recallAt1', 'Cars sep RP': 'retrieval.rPrecision', 'Cars sep MAP@R': 'retrieval.mapAtR' },
      note: 'Published: separate embeddings of 128 values. Ours: words in typefaces, settings as found on Hangul.',
    },
  },

  figures: {
    losses: dotsOf('All losses, same data, batches and budget', names, ['retrieval.mapAtR', 'retrieval.recallAt1', 'verification.tarAtFar1e-3']),
    'gaps-to-softmax': gapsOf('Gaps to softmax, seed by seed', 'softmax', names.filter((name) => name !== 'softmax'), 'retrieval.mapAtR'),
    'gaps-to-contrastive': gapsOf('Gaps to the contrastive loss, seed by seed', 'contrastive', names.filter((name) => name !== 'contrastive'), 'retrieval.mapAtR'),
    'gaps-on-typefaces': gapsOf('Gaps to softmax on typefaces, seed by seed', 'typefaces softmax', names.filter((name) => name !== 'softmax').map(onTypefacesToo), 'retrieval.mapAtR'),
    'learning-curves': curvesOf('Training loss and validation retrieval', ['softmax', 'ArcFace', 'contrastive', 'Multi-Similarity', 'Proxy-Anchor'], 'retrieval.mapAtR'),
  },

  ablations: {
    'search-softmax': search('softmax', 'labelSmoothing', [0, 0.05]),
    'search-normface': search('normalised softmax', 'scale', [6, 10]),
    'search-cosface': search('CosFace', 'scale', [10, 16]),
    'search-arcface': search('ArcFace', 'scale', [10, 16]),
    'search-sphereface': search('SphereFace', 'margin', [3, 4]),
    'search-contrastive': search('contrastive', 'negativeMargin', [0.5, 1]),
    'search-semi-hard': search('triplet, semi-hard', 'margin', [0.1, 0.2]),
    'search-triplet-all': search('triplet, all', 'margin', [0.1, 0.2]),
    'search-n-pair': search('N-pair', 'penalty', [0.002, 0.02]),
    'search-lifted': search('lifted structure', 'margin', [0.5, 1]),
    'search-binomial': search('binomial deviance', 'negativeCost', [10, 25]),
    'search-multi-similarity': search('Multi-Similarity', 'threshold', [0.5, 0.7, 0.9], HIGH),
    'search-ranked-list': search('Ranked List', 'boundary', [1, 1.2, 1.4, 1.6], HIGH),
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
    'search-simplified-pairwise': searchRates('simplified pairwise cross-entropy', [0.0025, 0.005, 0.01, 0.02, 0.04]),
    'search-batch-hard': search('triplet, batch-hard', 'normalise', [false, true]),
    'search-proxy-nca-others': search('Proxy-NCA', 'proxyScale', [1, 3]),
    'search-margin-one-boundary': search('margin, one boundary', 'boundary', [1, 1.2]),
    'search-centre': search('softmax + centre', 'weight', [0.003, 0.01]),
  },

  claims: {
    C1: {
      says: 'tuned alike, the multi-similarity loss is level with the contrastive loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub', 'Multi-similarity + miner', 'CUB sep MAP@R'], ['mlrc-cub', 'Contrastive', 'CUB sep MAP@R']],
      expect: level('Multi-Similarity', 'contrastive', 0.02, 'retrieval.mapAtR'),
    },
    C2: {
      says: 'tuned alike, ArcFace is level with the contrastive loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub', 'ArcFace', 'CUB sep MAP@R'], ['mlrc-cub', 'Contrastive', 'CUB sep MAP@R']],
      expect: level('ArcFace', 'contrastive', 0.02, 'retrieval.mapAtR'),
    },
    C3: {
      says: 'the contrastive loss is above the triplet loss (of all triplets that violate the margin)',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub', 'Contrastive', 'CUB sep MAP@R'], ['mlrc-cub', 'Triplet', 'CUB sep MAP@R']],
      expect: above('contrastive', 'triplet, all', 'retrieval.mapAtR'),
    },
    C4: {
      says: 'margins are above the normalised softmax',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub', 'ArcFace', 'CUB sep MAP@R'], ['mlrc-cub', 'Normalized softmax', 'CUB sep MAP@R']],
      expect: above('ArcFace', 'normalised softmax', 'retrieval.mapAtR'),
    },
    C5: {
      says: 'mining helps the multi-similarity loss',
      inPaper: 'Tables of CUB200 and Cars196',
      published: [['mlrc-cub', 'Multi-similarity + miner', 'CUB sep MAP@R'], ['mlrc-cub', 'Multi-similarity', 'CUB sep MAP@R']],
      expect: above('Multi-Similarity', 'Multi-Similarity without mining', 'retrieval.mapAtR'),
    },
    C6: { says: 'gains over the years are smaller under one protocol than papers claim', inPaper: 'Figure of accuracy over time', expect: notHere('papers of many years would have to be run in their own protocols') },
    C7: { says: 'every loss is above the network that it starts from', inPaper: 'Tables of CUB200 and Cars196', published: [['mlrc-cub', 'Pretrained', 'CUB sep MAP@R'], ['mlrc-cub', 'Triplet', 'CUB sep MAP@R']], expect: notHere('networks start from random weights here') },
    C8: { says: 'the embeddings of four networks side by side are above each alone', inPaper: 'Tables of CUB200 and Cars196', published: [['mlrc-cub', 'Contrastive', 'CUB sep MAP@R'], ['mlrc-cub', 'Contrastive', 'CUB concat MAP@R']], expect: notHere('a record, its seed and its intervals are those of one network') },
    C9: {
      says: 'Proxy-Anchor converges faster than a loss of pairs: its gap to the contrastive loss is larger at a third of the epochs than at the end',
      inPaper: 'Proxy Anchor Loss (CVPR 2020), figure of R@1 by epoch',
      expect: gapGrows(['Proxy-Anchor', 'contrastive'], ['Proxy-Anchor, a third of the epochs', 'contrastive, a third of the epochs'], 'retrieval.mapAtR'),
    },
    C10: { says: 'for the margin loss negatives drawn by distance are better than drawn evenly', inPaper: 'Sampling Matters in Deep Embedding Learning (ICCV 2017)', expect: above('margin', 'margin, negatives drawn evenly', 'retrieval.mapAtR') },
    C11: { says: 'batch-hard triplets need no margin: the soft form is above a hinge of 1', inPaper: 'In Defense of the Triplet Loss (2017)', expect: above('triplet, batch-hard', 'triplet, batch-hard m=1', 'retrieval.mapAtR') },
    C12: { says: 'mINP parts methods whose first rank is nearly the same', inPaper: 'Survey of person re-identification with AGW (2021)', expect: notHere('re-identification is measured in the experiment of Group Loss alone') },
  },
});
