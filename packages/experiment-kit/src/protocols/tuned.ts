import type { RunConfig } from '../run-config';

/**
 * Learning rate and one option of each loss on Hangul, found by the studies `search-*` of the experiments on validation
 * classes (results/<paper>/search; docs/decisions/0006-no-tuning-on-test-classes.md). Variants of one loss share them.
 */
export const tuned = {
  /** Plain cross-entropy, the papers' baseline, has the rate alone; a row that stands for the loss at its best has both. */
  softmax: { learningRate: 0.02, labelSmoothing: 0.05 },
  normface: { learningRate: 0.01, scale: 6 },
  cosface: { learningRate: 0.01, scale: 10 },
  arcface: { learningRate: 0.01, scale: 10 },
  /**
   * The floor of lambda is reached after this share of the steps; the released configuration has 0.06. It is the largest
   * searched, at the edge of its grid, and the grid cannot be extended: from a share of 1 on lambda is never at its floor
   * within the training, which would be another floor.
   */
  sphereface: { learningRate: 0.01, floorAtShare: 0.9375 },
  /** All settings searched collapse, so none is chosen: the lowest rate, and ArcFace's margin in radians (Table 2). */
  triplet: { learningRate: 0.0005, margin: 0.35 },
  /** Not searched: softmax's learning rate, and the weight of the released face example. */
  softmaxWithCenter: { learningRate: 0.02, weight: 0.008 },
  /** Not searched: without batch norm, a tenth of the others' rate. */
  sfnet: { learningRate: 0.002 },
  /** Losses of all classes in the batches of pair losses, P classes and K images of each, where other rates are best (studies of head-to-head). */
  balanced: {
    softmax: { learningRate: 0.01, labelSmoothing: 0.05 },
    normface: { learningRate: 0.01, scale: 6 },
    cosface: { learningRate: 0.01, scale: 10 },
    arcface: { learningRate: 0.01, scale: 10 },
    sphereface: { learningRate: 0.01 },
  },
  // From here on not searched yet (the studies of head-to-head): a usual rate, and the option's value in the paper or its code.
  contrastive: { learningRate: 0.01, negativeMargin: 1 },
  binomialDeviance: { learningRate: 0.01, negativeCost: 10 },
  liftedStructure: { learningRate: 0.01, margin: 1 },
  tripletSemiHard: { learningRate: 0.01, margin: 0.2 },
  tripletAll: { learningRate: 0.01, margin: 0.2 },
  nPair: { learningRate: 0.01, penalty: 0.002 },
  multiSimilarity: { learningRate: 0.01, threshold: 0.5 },
  rankedList: { learningRate: 0.01, boundary: 1.4 },
  circle: { learningRate: 0.01, scale: 80 },
  supcon: { learningRate: 0.01, temperature: 0.1 },
  proxyNca: { learningRate: 0.01, proxyScale: 3 },
  proxyAnchor: { learningRate: 0.01, scale: 32 },
  group: { learningRate: 0.01, temperature: 10 },
  nbcSoftmax: { learningRate: 0.01, tau: 0.2 },
  magface: { learningRate: 0.01, scale: 10 },
  unpg: { learningRate: 0.01, scale: 10 },
  lSoftmax: { learningRate: 0.01, margin: 2 },
  marginLoss: { learningRate: 0.02, boundary: 1.2 },
  softmaxWithTriplet: { learningRate: 0.02, margin: 0.3 },
  pairwiseCrossEntropy: { learningRate: 0.02, lambda: 1 },
  simplifiedPairwiseCrossEntropy: { learningRate: 0.02 },
  das: { learningRate: 0.02, shift: 0.01 },
  contraX: { learningRate: 0.02, weight: 1 },
} as const;

export const adam = (learningRate: number): RunConfig['optimiser'] => ({ name: 'adam', learningRate });
