import { tuned } from './tuned';
import { trainedWith } from './zero-shot-hangul';

/** Norms of embeddings that MagFace's margins are spread over: those of 64 values after batch norm, not the paper's 10 to 110. */
export const magnitudes = { lowerNorm: 2, upperNorm: 16, regulariserWeight: 2 } as const;
const { balanced } = tuned;
const { contrastive, binomialDeviance, liftedStructure, tripletSemiHard, tripletAll, nPair, multiSimilarity, rankedList, circle, supcon } = tuned;
const { proxyNca, proxyAnchor, group, nbcSoftmax, magface, unpg, lSoftmax, marginLoss, softmaxWithTriplet, pairwiseCrossEntropy, das, contraX } = tuned;

/**
 * One row a loss at its tuned settings, rate and option, for comparisons under equal treatment: softmax has label smoothing.
 * Papers that name the same row share its runs.
 */
export const lossRows = {
  softmax: trainedWith({ name: 'softmax', labelSmoothing: tuned.softmax.labelSmoothing }, tuned.softmax.learningRate),
  'normalised softmax': trainedWith({ name: 'normface', scale: tuned.normface.scale }, tuned.normface.learningRate),
  SphereFace: trainedWith({ name: 'sphereface', margin: 4 }, tuned.sphereface.learningRate),
  CosFace: trainedWith({ name: 'cosface', scale: tuned.cosface.scale, margin: 0.35 }, tuned.cosface.learningRate),
  ArcFace: trainedWith({ name: 'arcface', scale: tuned.arcface.scale, marginRadians: 0.3 }, tuned.arcface.learningRate),
  MagFace: trainedWith({ name: 'magface', scale: magface.scale, ...magnitudes }, magface.learningRate),
  UNPG: trainedWith({ name: 'unpg', scale: unpg.scale }, unpg.learningRate),
  'L-Softmax': trainedWith({ name: 'lSoftmax', margin: lSoftmax.margin }, lSoftmax.learningRate),
  'softmax + centre': trainedWith({ name: 'softmaxWithCenter', weight: tuned.softmaxWithCenter.weight }, tuned.softmaxWithCenter.learningRate),
  'NBC-Softmax': trainedWith({ name: 'nbcSoftmax', tau: nbcSoftmax.tau }, nbcSoftmax.learningRate),
  'Group Loss': trainedWith({ name: 'group', temperature: group.temperature }, group.learningRate),
  'Proxy-NCA++': trainedWith({ name: 'proxyNca', denominator: 'all', proxyScale: proxyNca.proxyScale }, proxyNca.learningRate),
  'Proxy-Anchor': trainedWith({ name: 'proxyAnchor', scale: proxyAnchor.scale }, proxyAnchor.learningRate),
  contrastive: trainedWith({ name: 'contrastive', form: 'linear', normalise: true, average: 'violating', negativeMargin: contrastive.negativeMargin }, contrastive.learningRate),
  margin: trainedWith({ name: 'marginLoss', boundary: marginLoss.boundary }, marginLoss.learningRate),
  'triplet, semi-hard': trainedWith({ name: 'tripletSemiHard', margin: tripletSemiHard.margin }, tripletSemiHard.learningRate),
  'triplet, all': trainedWith({ name: 'tripletAll', normalise: true, reduction: 'nonZero', margin: tripletAll.margin }, tripletAll.learningRate),
  'N-pair': trainedWith({ name: 'nPair', penalty: nPair.penalty }, nPair.learningRate),
  'lifted structure': trainedWith({ name: 'liftedStructure', normalise: true, margin: liftedStructure.margin }, liftedStructure.learningRate),
  'binomial deviance': trainedWith({ name: 'binomialDeviance', negativeCost: binomialDeviance.negativeCost }, binomialDeviance.learningRate),
  'Multi-Similarity': trainedWith({ name: 'multiSimilarity', negativeScale: 40, threshold: multiSimilarity.threshold }, multiSimilarity.learningRate),
  'Multi-Similarity without mining': trainedWith({ name: 'multiSimilarity', negativeScale: 40, threshold: multiSimilarity.threshold, mining: false }, multiSimilarity.learningRate),
  'Ranked List': trainedWith({ name: 'rankedList', boundary: rankedList.boundary }, rankedList.learningRate),
  Circle: trainedWith({ name: 'circle', scale: circle.scale }, circle.learningRate),
  SupCon: trainedWith({ name: 'supcon', temperature: supcon.temperature }, supcon.learningRate),
  'NT-Xent': trainedWith({ name: 'supcon', temperature: supcon.temperature, denominator: 'onePositive' }, supcon.learningRate),
  DAS: trainedWith({ name: 'das', shift: das.shift }, das.learningRate),
  'softmax + triplet': trainedWith({ name: 'softmaxWithTriplet', margin: softmaxWithTriplet.margin }, softmaxWithTriplet.learningRate),
  'pairwise cross-entropy': trainedWith({ name: 'pairwiseCrossEntropy', lambda: pairwiseCrossEntropy.lambda }, pairwiseCrossEntropy.learningRate),
  'simplified pairwise cross-entropy': trainedWith({ name: 'simplifiedPairwiseCrossEntropy' }, tuned.simplifiedPairwiseCrossEntropy.learningRate),
  'Contra-X': trainedWith({ name: 'contraX', weight: contraX.weight }, contraX.learningRate),
} as const;

/** The same rows for batches of P classes and K images: the losses of all classes have the settings found there. */
export const balancedRows = {
  ...lossRows,
  softmax: trainedWith({ name: 'softmax', labelSmoothing: balanced.softmax.labelSmoothing }, balanced.softmax.learningRate),
  'normalised softmax': trainedWith({ name: 'normface', scale: balanced.normface.scale }, balanced.normface.learningRate),
  SphereFace: trainedWith({ name: 'sphereface', margin: 4 }, balanced.sphereface.learningRate),
  CosFace: trainedWith({ name: 'cosface', scale: balanced.cosface.scale, margin: 0.35 }, balanced.cosface.learningRate),
  ArcFace: trainedWith({ name: 'arcface', scale: balanced.arcface.scale, marginRadians: 0.3 }, balanced.arcface.learningRate),
} as const;
