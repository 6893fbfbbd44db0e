import {
  above,
  aboveAll,
  adam,
  cifarContrast,
  cifarContrastPaper,
  contrastRates,
  crossEntropy,
  defineExperiment,
  dotsOf,
  exact,
  gapGrows,
  gapsOf,
  inContrastPaper,
  notHere,
  notTrained,
  peaksInside,
  rises,
  scheduled,
  severityOf,
  smokeContrast,
  sweep,
  twoStages,
  views,
  type Ablation,
} from '@hypersphere/experiment-kit';

const ofTemperature = (temperature: number) => ({ loss: { name: 'supcon', temperature } }) as const;
const ofPositives = (maxPositives: number) => ({ loss: { name: 'supcon', maxPositives } }) as const;
const ofBatch = (batchSize: number) => scheduled(() => ({ batchSize }));
const shareOfEpochs = (share: number) => scheduled(({ epochs = 1 }) => ({ epochs: epochs * share }));
/** Cross-entropy with its own augmentation, drawn twice: as many images seen as by SupCon. */
const equalImages = (own: Parameters<typeof crossEntropy>[0] = {}) => crossEntropy({ augmentation: views.twoPlain, ...own });
const sgd = (learningRate: number) => ({ name: 'sgd', learningRate, momentum: 0.9, weightDecay: 1e-4 }) as const;

/** Where should supervised contrast help? Against cross-entropy that sees as many images, on validation images; every point is shown. */
const regime = (says: string, vary: Ablation<string>['vary']) =>
  ({ says, search: true, seeds: [100, 101], from: 'SupCon', against: 'cross-entropy, equal images', vary, metric: 'classification.top1' }) as const;

/** Supervised contrastive loss: two views of each image, every other view of the class a positive. Paper: ResNet-50 on CIFAR-10, CIFAR-100, ImageNet; here part of CIFAR-10 (see README). */
export default defineExperiment({
  id: 'supcon',
  paper: {
    title: 'Supervised Contrastive Learning',
    authors: 'Prannay Khosla, Piotr Teterwak, Chen Wang, Aaron Sarna, Yonglong Tian, Phillip Isola, Aaron Maschinot, Ce Liu, Dilip Krishnan',
    venue: 'NeurIPS',
    year: 2020,
    url: 'https://arxiv.org/abs/2004.11362',
  },
  idea: 'Views of one class are positives; a linear classifier on the frozen encoder',
  main: 'SupCon',
  metrics: ['classification.top1', 'classification.probeTop1', 'classification.corruptionError'],

  variants: {
    SupCon: { inPaper: {} },
    'SupCon, mean inside': { loss: { name: 'supcon', form: 'in' }, inPaper: { loss: { name: 'supcon', form: 'in', rescale: 'baseTemperature' } } },
    SimCLR: { loss: { name: 'simclr', temperature: 0.5 }, optimiser: adam(contrastRates.simclr), inPaper: inContrastPaper.simclr },
    'cross-entropy': crossEntropy({ inPaper: inContrastPaper.crossEntropy }),
    'cross-entropy, augmentation of SupCon': crossEntropy({ augmentation: views.oneOfSupcon }),
    'cross-entropy, two views': crossEntropy({ augmentation: views.twoOfSupcon }),
    'cross-entropy, equal images': equalImages(),
    'cross-entropy, two stages': twoStages(equalImages()),
    ...sweep('tau', [0.05, 0.07, 0.2, 0.5, 1], ofTemperature),
    ...sweep('N', [32, 64, 256, 512], ofBatch),
    ...sweep('positives', [1, 3, 5, 7, 9], ofPositives),
    'a sixth of the epochs': shareOfEpochs(1 / 6),
    'a third of the epochs': shareOfEpochs(1 / 3),
    'N-pairs': ({ schedule }) => ({
      loss: { name: 'supcon', temperature: 1 },
      schedule: { ...schedule, batchSize: 20, classBalance: { classesPerBatch: 10, imagesPerClass: 2 }, augmentation: views.oneOfSupcon },
    }),
    'one view': scheduled(() => ({ augmentation: views.oneOfSupcon })),
    'four views': scheduled(() => ({ augmentation: views.fourOfSupcon })),
    'SupCon, crop and mirror only': scheduled(() => ({ augmentation: views.twoPlain })),
    'SupCon, rate x 5': { optimiser: adam(contrastRates.supcon * 5) },
    'SupCon, rate / 5': { optimiser: adam(contrastRates.supcon / 5) },
    'SupCon, SGD': { optimiser: sgd(0.1) },
    'cross-entropy, rate x 5': equalImages({ rate: contrastRates.crossEntropy * 5 }),
    'cross-entropy, rate / 5': equalImages({ rate: contrastRates.crossEntropy / 5 }),
    'cross-entropy, SGD': equalImages({ optimiser: sgd(0.1) }),
  },

  profiles: {
    smoke: { base: cifarContrast.smoke, resize: smokeContrast, seeds: [0], variants: 'all' },
    quick: { base: cifarContrast.quick, seeds: [0], variants: ['SupCon', 'SupCon, mean inside', 'SimCLR', 'cross-entropy', 'cross-entropy, equal images', 'cross-entropy, two views'] },
    standard: { base: cifarContrast.standard, seeds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], seedsOfOthers: [0, 1, 2], variants: 'all' },
    paper: { base: cifarContrastPaper, seeds: [0], variants: ['SupCon', 'SupCon, mean inside', 'SimCLR', 'cross-entropy'] },
  },

  tables: {
    'table-1': { rows: { L_out: 'SupCon', L_in: 'SupCon, mean inside' }, columns: { top1: 'classification.top1' } },
    'table-2': {
      rows: { SimCLR: 'SimCLR', 'Cross-Entropy': 'cross-entropy, equal images', 'Max-Margin': notTrained('quoted in the paper from another one'), SupCon: 'SupCon' },
      ours: {
        'Cross-entropy, half the images': 'cross-entropy',
        'Cross-entropy, augmentation of SupCon': 'cross-entropy, two views',
        'Cross-entropy, augmentation of SupCon, half the images': 'cross-entropy, augmentation of SupCon',
        'SupCon, one view': 'one view',
        'SupCon, four views': 'four views',
        'SupCon, crop and mirror only': 'SupCon, crop and mirror only',
      },
      columns: { 'CIFAR-10': 'classification.top1', 'CIFAR-100': null, ImageNet: null },
      note: 'Published: ResNet-50, all training images. Ours: as many images seen by all rows, unless the row says half.',
    },
    'table-5': {
      rows: { '1': 'positives=1', '3': 'positives=3', '5': 'positives=5', '7': 'positives=7', '9': 'positives=9', no_cap_13: 'SupCon' },
      columns: { top1: 'classification.top1' },
      note: 'Published: ImageNet, where a batch without a cap has 13 positives on average; here about 26.',
    },
    'table-6-accuracy': {
      rows: {
        'Cross-Entropy / ResNet-50': 'cross-entropy, equal images',
        'Cross-Entropy / ResNet-200': notTrained('a network too large for the lab'),
        'SupCon / ResNet-50': 'SupCon',
        'SupCon / ResNet-200': notTrained('a network too large for the lab'),
      },
      columns: {
        test: 'classification.top1',
        '1': 'classification.top1Severity1',
        '2': 'classification.top1Severity2',
        '3': 'classification.top1Severity3',
        '4': 'classification.top1Severity4',
        '5': 'classification.top1Severity5',
      },
      note: 'Ours: fourteen of the fifteen corruptions (frost needs photographs), with the milder constants of images of 32 pixels, on part of the test images.',
    },
    'table-7': {
      rows: { SupCon: 'SupCon', 'Cross-Entropy, one stage': 'cross-entropy, equal images', 'Cross-Entropy, two stages': 'cross-entropy, two stages' },
      columns: { accuracy: 'classification.top1', mCE: 'classification.corruptionError', rel_mCE: null },
      note: 'Published mCE is in units of the errors of AlexNet; ours is the plain mean error over corruptions and severities.',
    },
    'text-results': {
      rows: {
        'SupCon with memory of 8192, batch 256, SGD': notTrained('a memory with a momentum encoder, which the released code does not have either'),
        'Cross-Entropy, batch 12288': notTrained('more images in a batch than the profile has'),
        'Cross-Entropy, 1400 epochs': notTrained('seven times the epochs of the others'),
        'N-pairs, batch 6144': 'N-pairs',
      },
      columns: { top1: 'classification.top1' },
    },
  },

  figures: {
    temperature: {
      kind: 'margin-sweep',
      title: 'Accuracy against the temperature (as Figure 4d)',
      along: [[0.05, 'tau=0.05'], [0.07, 'tau=0.07'], [0.1, 'SupCon'], [0.2, 'tau=0.2'], [0.5, 'tau=0.5'], [1, 'tau=1']],
      axis: 'temperature tau',
      metrics: ['classification.top1'],
      reference: { 'cross-entropy': 'cross-entropy' },
    },
    'batch-size': {
      kind: 'margin-sweep',
      title: 'Accuracy against the images of a batch (as Figure 4b)',
      along: [[32, 'N=32'], [64, 'N=64'], [128, 'SupCon'], [256, 'N=256'], [512, 'N=512']],
      axis: 'images a batch N',
      metrics: ['classification.top1'],
      reference: { 'cross-entropy': 'cross-entropy' },
    },
    positives: {
      kind: 'margin-sweep',
      title: 'Accuracy against the most positives of an anchor (as Table 5)',
      along: [[1, 'positives=1'], [3, 'positives=3'], [5, 'positives=5'], [7, 'positives=7'], [9, 'positives=9']],
      axis: 'most positives',
      metrics: ['classification.top1'],
      reference: { all: 'SupCon', SimCLR: 'SimCLR' },
    },
    severity: severityOf('Accuracy against the severity of corruptions (as Figure 3)', ['SupCon', 'SimCLR', 'cross-entropy, equal images', 'cross-entropy, two views', 'cross-entropy, two stages']),
    stability: dotsOf('Accuracy over optimisers and learning rates (as Figure 4a)', [
      'SupCon', 'SupCon, rate x 5', 'SupCon, rate / 5', 'SupCon, SGD', 'cross-entropy, equal images', 'cross-entropy, rate x 5', 'cross-entropy, rate / 5', 'cross-entropy, SGD',
    ], ['classification.top1']),
    losses: dotsOf('Accuracy on test images, and error under corruptions', [
      'SupCon', 'SupCon, mean inside', 'SimCLR', 'N-pairs', 'cross-entropy', 'cross-entropy, equal images', 'cross-entropy, augmentation of SupCon', 'cross-entropy, two views', 'cross-entropy, two stages',
    ], ['classification.top1', 'classification.corruptionError']),
    'gaps-to-supcon': gapsOf('Gaps to SupCon, seed by seed', 'SupCon', [
      'SupCon, mean inside', 'SimCLR', 'N-pairs', 'cross-entropy', 'cross-entropy, equal images', 'cross-entropy, augmentation of SupCon', 'cross-entropy, two views', 'one view', 'four views',
    ], 'classification.top1'),
  },

  ablations: {
    temperature: { says: 'temperature, for both places of the mean', from: 'SupCon', vary: { 'loss.temperature': [0.05, 0.1, 0.2, 0.5], 'loss.form': ['out', 'in'] }, metric: 'classification.top1' },
    positives: { says: 'most positives of an anchor', from: 'SupCon', vary: { 'loss.maxPositives': [1, 3, 5, 7, 9, 0] }, metric: 'classification.top1' },
    denominator: { says: 'what a positive is weighed against', from: 'SupCon', vary: { 'loss.denominator': ['all', 'onePositive', 'onlyNegatives'] }, metric: 'classification.top1' },
    batch: { says: 'images of a batch, as many epochs and one learning rate: larger batches make fewer steps', from: 'SupCon', vary: { 'schedule.batchSize': [32, 128, 512] }, metric: 'classification.top1', against: 'cross-entropy, equal images' },
    epochs: { says: 'length of the training', from: 'SupCon', vary: { 'schedule.epochs': [10, 30, 60] }, metric: 'classification.top1', against: 'cross-entropy, equal images' },
    rates: { says: 'learning rate', from: 'SupCon', vary: { 'optimiser.learningRate': [0.001, 0.003, 0.01, 0.03] }, metric: 'classification.top1', against: 'cross-entropy, equal images' },
    views: { says: 'views of each image', from: 'SupCon', vary: { 'schedule.augmentation.views': [1, 2, 4] }, metric: 'classification.top1', against: 'cross-entropy, two views' },
    'regime-training': regime('length of the training and images of a batch', { 'schedule.epochs': [12, 36, 72], 'schedule.batchSize': [64, 256] }),
    'regime-data': regime('training images and temperature', { 'data.trainImages': [500, 1000, 2000], 'loss.temperature': [0.05, 0.1, 0.2] }),
    'regime-rates': regime('learning rate and images of a batch', { 'optimiser.learningRate': [0.001, 0.003, 0.01], 'schedule.batchSize': [64, 256] }),
    'search-supcon': { says: 'learning rate and temperature of SupCon, on validation images', from: 'SupCon', vary: { 'optimiser.learningRate': [0.003, 0.01, 0.02, 0.04], 'loss.temperature': [0.1, 0.2] }, metric: 'classification.top1', seeds: [100, 101], search: true },
    'search-simclr': { says: 'learning rate and temperature of SimCLR, on validation images', from: 'SimCLR', vary: { 'optimiser.learningRate': [0.003, 0.01, 0.02, 0.04], 'loss.temperature': [0.2, 0.5] }, metric: 'classification.top1', seeds: [100, 101], search: true },
    'search-cross-entropy': { says: 'learning rate and label smoothing of cross-entropy, on validation images', from: 'cross-entropy', vary: { 'optimiser.learningRate': [0.003, 0.01, 0.02, 0.04], 'loss.labelSmoothing': [0, 0.05] }, metric: 'classification.top1', seeds: [100, 101], search: true },
  },

  claims: {
    C1: {
      says: 'SupCon is above cross-entropy on the same network (that saw as many images, with its own augmentation and with that of SupCon)',
      inPaper: 'Table 2',
      published: [['table-2', 'Cross-Entropy', 'CIFAR-10'], ['table-2', 'SupCon', 'CIFAR-10']],
      expect: aboveAll('SupCon', ['cross-entropy, equal images', 'cross-entropy, two views'], 'classification.top1'),
    },
    C2: {
      says: 'SupCon is far above SimCLR',
      inPaper: 'Table 2',
      published: [['table-2', 'SimCLR', 'CIFAR-10'], ['table-2', 'SupCon', 'CIFAR-10']],
      expect: above('SupCon', 'SimCLR', 'classification.top1'),
    },
    C3: {
      says: 'the mean over positives belongs outside the logarithm',
      inPaper: 'Table 1',
      published: [['table-1', 'L_in', 'top1'], ['table-1', 'L_out', 'top1']],
      expect: above('SupCon', 'SupCon, mean inside', 'classification.top1'),
    },
    C4: { says: 'with the mean inside the loss is never more, and has no gradient in a batch of one class', inPaper: 'Section 3.2.2, Jensen', expect: exact('packages/core-losses/test/theory/supcon-gradient: inside the logarithm is never more, and has no gradient in one class') },
    C5: {
      says: 'more positives help',
      inPaper: 'Table 5',
      published: [['table-5', '1', 'top1'], ['table-5', 'no_cap_13', 'top1']],
      expect: rises(['positives=1', 'SupCon'], 'classification.top1'),
    },
    C6: { says: 'the best temperature is neither the lowest nor the highest (0.1 in the paper)', inPaper: 'Figure 4d', expect: peaksInside(['tau=0.05', 'SupCon', 'tau=1'], 'classification.top1') },
    C7: { says: 'larger batches help', inPaper: 'Figure 4b', expect: rises(['N=32', 'SupCon', 'N=512'], 'classification.top1') },
    C8: { says: 'longer training of the encoder helps', inPaper: 'Figure 4c', expect: rises(['a sixth of the epochs', 'SupCon'], 'classification.top1') },
    C9: {
      says: 'SupCon errs less under corruptions than cross-entropy that saw as many images, with either augmentation',
      inPaper: 'Figure 3',
      published: [['table-7', 'Cross-Entropy, one stage', 'mCE'], ['table-7', 'SupCon', 'mCE']],
      expect: aboveAll('SupCon', ['cross-entropy, equal images', 'cross-entropy, two views'], 'classification.corruptionError'),
    },
    C10: {
      says: 'at the highest severity SupCon is above cross-entropy that saw as many images, with either augmentation',
      inPaper: 'Table 6',
      published: [['table-6-accuracy', 'Cross-Entropy / ResNet-50', '5'], ['table-6-accuracy', 'SupCon / ResNet-50', '5']],
      expect: aboveAll('SupCon', ['cross-entropy, equal images', 'cross-entropy, two views'], 'classification.top1Severity5'),
    },
    C11: {
      says: 'SupCon is better calibrated',
      inPaper: 'Table 6 and its caption',
      published: [['table-6-ece', 'Cross-Entropy / ResNet-200', '5'], ['table-6-ece', 'SupCon / ResNet-200', '5']],
      expect: notHere('calibration is not measured; the paper\'s own table has ResNet-200 worse than cross-entropy at severities 2 to 5'),
    },
    C12: {
      says: 'SupCon loses less than cross-entropy where settings are off (here: a learning rate five times the chosen one)',
      inPaper: 'Figure 4a',
      expect: gapGrows(['SupCon', 'SupCon, rate x 5'], ['cross-entropy, equal images', 'cross-entropy, rate x 5'], 'classification.top1'),
    },
    C13: {
      says: 'one positive of another image, one view and temperature 1 (N-pairs) fall far behind',
      inPaper: 'Section 4 and supplement, N-pairs',
      published: [['text-results', 'N-pairs, batch 6144', 'top1'], ['table-1', 'L_out', 'top1']],
      expect: above('SupCon', 'N-pairs', 'classification.top1'),
    },
    C14: {
      says: 'features transfer on a par with those of cross-entropy',
      inPaper: 'Table 4',
      published: [['table-4', 'Xent-50', 'Mean'], ['table-4', 'SupCon-50', 'Mean']],
      expect: notHere('needs an encoder trained on ImageNet and twelve data sets'),
    },
    C15: {
      says: 'a linear classifier trained anew on a cross-entropy network is below its own',
      inPaper: 'Table 7',
      published: [['table-7', 'Cross-Entropy, two stages', 'accuracy'], ['table-7', 'Cross-Entropy, one stage', 'accuracy']],
      expect: above('cross-entropy, equal images', 'cross-entropy, two stages', 'classification.top1'),
    },
    C16: { says: 'through the normalisation, hard positives and hard negatives weigh most', inPaper: 'Supplement 7', expect: exact('packages/core-losses/test/theory/supcon-gradient: weighs hard positives and hard negatives most') },
    C17: {
      says: 'the gain holds with larger networks',
      inPaper: 'Table 3, ResNet-200',
      published: [['table-3', 'Cross-Entropy (own implementation) / ResNet-200 / Stacked RandAugment', 'top1'], ['table-3', 'SupCon / ResNet-200 / Stacked RandAugment', 'top1']],
      expect: notHere('needs ResNet-200 and ImageNet'),
    },
    C18: {
      says: 'the same as C12, at a fifth of the chosen learning rate',
      inPaper: 'Figure 4a',
      expect: gapGrows(['SupCon', 'SupCon, rate / 5'], ['cross-entropy, equal images', 'cross-entropy, rate / 5'], 'classification.top1'),
    },
    C19: {
      says: 'the same as C12, with SGD in place of Adam',
      inPaper: 'Figure 4a',
      expect: gapGrows(['SupCon', 'SupCon, SGD'], ['cross-entropy, equal images', 'cross-entropy, SGD'], 'classification.top1'),
    },
  },
});
