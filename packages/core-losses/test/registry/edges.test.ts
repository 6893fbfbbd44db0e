import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { losses, type LossEntry, type LossName } from '../../src';
import { onCpu } from '../on-backends';
import { gradientsOf, problemFor, run, type Problem } from './problem';
import { defaultsOf } from './variants';

/** `nothing`: the loss is 0, its gradient too. `still`: it has a value, but embeddings stay. `moves`: embeddings move. */
type Outcome = 'nothing' | 'still' | 'moves';

/** What becomes of embeddings without positives, without negatives (one class), and where all are equal. */
const outcomes: Record<LossName, readonly [noPositives: Outcome, oneClass: Outcome, equal: Outcome]> = {
  arcface: ['moves', 'moves', 'moves'],
  binomialDeviance: ['moves', 'moves', 'still'],
  centerLoss: ['moves', 'moves', 'moves'],
  circle: ['nothing', 'nothing', 'still'],
  contraX: ['moves', 'moves', 'moves'],
  contrastive: ['nothing', 'moves', 'still'],
  cosface: ['moves', 'moves', 'moves'],
  das: ['nothing', 'nothing', 'moves'],
  group: ['still', 'moves', 'moves'],
  liftedStructure: ['nothing', 'nothing', 'still'],
  lSoftmax: ['moves', 'moves', 'moves'],
  magface: ['moves', 'moves', 'moves'],
  marginLoss: ['nothing', 'nothing', 'still'],
  multiSimilarity: ['nothing', 'nothing', 'still'],
  nbcSoftmax: ['moves', 'moves', 'moves'],
  normface: ['moves', 'moves', 'moves'],
  nPair: ['nothing', 'moves', 'moves'],
  pairwiseCrossEntropy: ['moves', 'moves', 'moves'],
  proxyAnchor: ['moves', 'moves', 'moves'],
  proxyNca: ['moves', 'moves', 'moves'],
  rankedList: ['moves', 'moves', 'still'],
  simclr: ['moves', 'moves', 'still'],
  simplifiedPairwiseCrossEntropy: ['moves', 'nothing', 'still'],
  softmax: ['moves', 'moves', 'moves'],
  softmaxWithCenter: ['moves', 'moves', 'moves'],
  softmaxWithTriplet: ['moves', 'moves', 'moves'],
  sphereface: ['moves', 'moves', 'moves'],
  supcon: ['nothing', 'moves', 'still'],
  tripletAll: ['nothing', 'nothing', 'still'],
  tripletBatchHard: ['nothing', 'nothing', 'still'],
  tripletSemiHard: ['nothing', 'nothing', 'still'],
  unpg: ['moves', 'moves', 'moves'],
};

const situations: readonly (readonly [name: string, make: (entry: LossEntry) => Problem])[] = [
  ['no positives', (entry) => problemFor(entry, defaultsOf(entry), [0, 1, 2, 3])],
  ['one class', (entry) => problemFor(entry, defaultsOf(entry), [0, 0, 0, 0])],
  ['equal embeddings', (entry) => equalEmbeddings(problemFor(entry, defaultsOf(entry), [0, 0, 1, 1]))],
];

const equalEmbeddings = (problem: Problem): Problem => ({ ...problem, embeddings: tf.tile(problem.embeddings.slice(0, 1), [problem.labels.size, 1]) });

onCpu('where a batch lacks something', () => {
  describe.each(Object.entries(losses as Record<string, LossEntry>))('%s', (name, entry) => {
    it.each(situations.map(([situation, make], at) => [situation, make, at] as const))('does as declared with %s', (_, make, at) => {
      tf.tidy(() => {
        const problem = make(entry);
        expect(outcomeOf(entry, problem)).toBe(outcomes[name as LossName][at]);
      });
    });
  });
});

/** 1e-5 is above the rounding of gradients that cancel. */
function outcomeOf(entry: LossEntry, problem: Problem): Outcome {
  const options = defaultsOf(entry);
  const [gradient] = gradientsOf(entry, options, problem);
  if (largest(gradient!) > 1e-5) return 'moves';
  return largest(run(entry, options, problem).loss) > 1e-6 ? 'still' : 'nothing';
}

function largest(x: tf.Tensor): number {
  return tf.max(tf.abs(x)).dataSync()[0] as number;
}
