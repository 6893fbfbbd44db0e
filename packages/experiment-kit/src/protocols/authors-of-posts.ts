import type { LossConfig } from '@hypersphere/core-losses';

import type { VariantPlan } from '../define-experiment';
import type { RunConfig } from '../run-config';
import { adam } from './tuned';

/** Learning rates on posts, to be found by the studies `search-*` of `nbc-softmax` on validation posts; the forms of NBC-Softmax have that of softmax, which they contain. */
export const postRates = { softmax: 0.005, cosface: 0.005, arcface: 0.005, multiSimilarity: 0.005, supcon: 0.005, contrastive: 0.005, textCnn: 0.005 } as const;

const measured = { kind: 'authorship', split: 'test', pairsPerFold: 60, mirror: 'none', keepEmbeddings: 0 } as const;
const execution = { threads: 1, mode: 'recorded', precision: 'float32' } as const;
const inLab = (steps: number, batchSize: number): RunConfig['schedule'] => ({ steps, batchSize, learningRate: { kind: 'cosine' }, batchNormMomentum: 0.9 });

/**
 * Authorship at lab scale: posts of public mailing lists, older threads train, newer ones are tested. A bag of hashed n-grams and two
 * linear maps embed a post; classes are authors, most of them with a handful of posts. It stands in for darkweb forums.
 */
export const authorsOfPosts: Readonly<Record<'smoke' | 'quick' | 'standard', RunConfig>> = {
  smoke: {
    data: { name: 'posts', validationShare: 0.2, features: { kind: 'ngrams', features: 256 }, generated: { authors: 8, postsPerAuthor: 48 } },
    backbone: { name: 'ngram-bag', hidden: 16, embeddingDim: 8 },
    loss: { name: 'softmax' },
    optimiser: adam(postRates.softmax),
    schedule: inLab(8, 16),
    evaluation: { ...measured, pairsPerFold: 10, replicates: 20, validationPoints: 2 },
    execution,
  },
  quick: {
    data: { name: 'posts', features: { kind: 'ngrams', features: 8192 } },
    backbone: { name: 'ngram-bag' },
    loss: { name: 'softmax' },
    optimiser: adam(postRates.softmax),
    schedule: inLab(150, 64),
    evaluation: { ...measured, replicates: 200, validationPoints: 5 },
    execution,
  },
  standard: {
    data: { name: 'posts' },
    backbone: { name: 'ngram-bag' },
    loss: { name: 'softmax' },
    optimiser: adam(postRates.softmax),
    schedule: inLab(300, 64),
    evaluation: { ...measured, replicates: 200, validationPoints: 6 },
    execution,
  },
};

/** The same loss in batches of P authors with 64 / P episodes of each; 16 by default: what losses of pairs need. */
export const ofAuthors = (loss: LossConfig, { classesPerBatch = 16, rate = postRates.softmax }: { readonly classesPerBatch?: number; readonly rate?: number } = {}): VariantPlan => ({ schedule }) => ({
  loss,
  optimiser: adam(rate),
  schedule: { ...schedule, batchSize: 64, classBalance: { classesPerBatch, imagesPerClass: Math.round(64 / classesPerBatch) } },
});

/** A loss in shuffled batches of N episodes, as many episodes seen whatever N, as in the paper: fewer steps of larger batches. */
export const ofBatch = (loss: LossConfig) => (batchSize: number): VariantPlan => ({ schedule }) => {
  const steps = Math.max(2, Math.round(((schedule.steps ?? 0) * schedule.batchSize) / batchSize));
  return { loss, schedule: { ...schedule, steps, batchSize } as RunConfig['schedule'] };
};

/** Episodes of L posts of the authors who have episodes of three, whatever L. */
export const ofEpisodes = (loss: LossConfig, episodeLength: number): VariantPlan => ({ data }) => ({ loss, data: { ...data, name: 'posts', episodeLength, supportedLength: 3 } });

/** The small text encoder on byte pairs in place of the bag of n-grams. */
export const ofTokens = (loss: LossConfig): VariantPlan => ({ data }) => ({
  loss,
  optimiser: adam(postRates.textCnn),
  data: { ...data, name: 'posts', features: { kind: 'tokens', vocabulary: 2048, tokens: 128 } },
  backbone: { name: 'text-cnn', vocabulary: 2048, filters: 32 },
});

/**
 * The paper's training with what can be had of its network and data: SYSML's text encoder for a single post, its vocabulary size,
 * batch, optimiser and length of training, on mailing lists. The forums are not redistributable; time, subforum and attention over
 * the posts of an episode are not built, and the rate stays constant where SYSML halves it on a plateau.
 *
 * @see https://github.com/pranavmaneriker/SYSML, https://github.com/gayanku/NBC-Softmax
 */
export const authorsOfPaper: RunConfig = {
  data: { name: 'posts', features: { kind: 'tokens', vocabulary: 30_000, tokens: 256 } },
  backbone: { name: 'text-cnn', vocabulary: 30_000, embeddingDim: 32 },
  loss: { name: 'softmax' },
  optimiser: adam(0.001),
  schedule: { epochs: 30, batchSize: 256, learningRate: { kind: 'constant' }, batchNormMomentum: 0.9 },
  evaluation: { ...measured, replicates: 200, validationPoints: 5 },
  execution: { ...execution, threads: 2 },
};

/** A variant as the smoke profile runs it: on made-up posts, in small batches, all that the variant is about stays. */
export function smokePosts({ data, backbone, schedule, ...others }: RunConfig): RunConfig {
  const posts = data as Extract<RunConfig['data'], { name: 'posts' }>;
  const isTokens = posts.features?.kind === 'tokens';
  const { classBalance, batchSize } = schedule;
  const classesPerBatch = Math.min(4, classBalance?.classesPerBatch ?? 4);
  return {
    ...others,
    data: { ...posts, features: isTokens ? { kind: 'tokens', vocabulary: 300, tokens: 24 } : { kind: 'ngrams', features: 256 } },
    backbone: isTokens ? { ...backbone, vocabulary: 300 } as RunConfig['backbone'] : backbone,
    schedule: { ...schedule, batchSize: Math.min(batchSize, 16), ...(classBalance && { batchSize: 16, classBalance: { classesPerBatch, imagesPerClass: 16 / classesPerBatch } }) },
  };
}
