import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { foldAccuracy, foldAccuracyBy } from '../../src/verification/fold-accuracy';
import { bestThreshold, lfwRule, onGrid, spherefaceRule, type ThresholdRule } from '../../src/verification/threshold-rule';
import golden from '../golden/folds.json';

const tenFolds = { scores: Array<number[]>(10).fill(golden.score), same: golden.same, fold: golden.fold };
const ones = (n: number): number[] => Array<number>(n).fill(1);

describe('ten folds against NumPy', () => {
  it.each([['LFW', lfwRule, golden.lfw], ['SphereFace', spherefaceRule, golden.sphereface]] as const)('%s rule', (_, rule, wanted) => {
    const found = foldAccuracy({ ...tenFolds, rule });
    expectClose(found.thresholds, wanted.thresholds, { atol: 1e-12 });
    expectClose(found.accuracies, wanted.accuracies);
    expectClose([found.mean, found.std], [wanted.mean, wanted.std]);
  });

  it('weighs pairs', () => {
    const found = foldAccuracyBy(tenFolds)(golden.weights);
    expectClose([...found.thresholds, ...found.accuracies], [...golden.weighted.thresholds, ...golden.weighted.accuracies]);
  });
});

describe('the examples of the papers', () => {
  const distance = [.305, .525, .815, 1.105, 1.455, 1.625, 1.715, 1.955, .445, .665, 1.025, 1.315, 1.385, 1.555, 1.885, 2.025, .255, .935, 1.275, 1.055];
  const same = [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0];
  const cosine = distance.map((d) => 1 - d / 2);

  it.each([
    [5, [1.03, 1.03, 0.94, 1.03, 1.32], [0.75, 1, 0.5, 1, 0.5], 0.2236067977],
    [10, [1.03, 1.03, 1.03, 1.03, 1.03, 0.94, 1.03, 1.03, 1.03, 1.32], undefined, 0.4031128874],
  ] as const)('ArcFace: %i folds of twenty distances', (folds, thresholds, accuracies, std) => {
    const fold = same.map((_, pair) => Math.floor((pair * folds) / 20));
    const found = foldAccuracy({ scores: Array<number[]>(folds).fill(cosine), same, fold });
    expectClose(found.thresholds.map((t) => 2 - 2 * t), thresholds);
    if (accuracies !== undefined) expectClose(found.accuracies, accuracies);
    expectClose([found.mean, found.std], [0.75, std]);
  });

  it('three folds of four pairs, first maximum of a grid of scores', () => {
    const rule: ThresholdRule = { grid: Array.from({ length: 100 }, (_, at) => at / 100), choose: 'lowest', strictImpostors: false };
    const scores = [.80, .62, .30, .10, .55, .48, .44, .05, .91, .40, .58, .20];
    const found = foldAccuracy({
      scores: [scores, scores, scores], same: [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0], fold: [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], rule,
    });
    expectClose(found.thresholds, [0.2, 0.3, 0.44]);
    expectClose(found.accuracies, [0.75, 0.75, 0.5]);
    expectClose([found.mean, found.std], [0.6666666667, 0.1178511302]);
  });

  it('SphereFace: the mean of all 2497 thresholds', () => {
    const [scores, genuine] = [[.9, .8, .55, .4, .7, .5, .3, .1], [1, 1, 1, 1, 0, 0, 0, 0]];
    expectClose(bestThreshold(onGrid(scores, genuine, spherefaceRule), ones(8), spherefaceRule), 0.5450040048, { rtol: 1e-10 });
  });

  it('the best threshold of the score example is the first maximum .66', () => {
    const genuine = [.82, .75, .66, .58, .49, .31, .90, .71];
    const impostors = [.12, .05, -.10, .33, .52, .20, -.25, .41, .61, .02, .15, .28, -.03, .37, .09, .44];
    const scores = [...genuine, ...impostors];
    const same = scores.map((_, at) => (at < 8 ? 1 : 0));
    // accepted iff score >= t: t lies a hair below the observed score
    const grid = [...scores].sort((a, b) => a - b).map((score) => score - 1e-9);
    const rule: ThresholdRule = { grid, choose: 'highest', strictImpostors: false };
    expectClose(bestThreshold(onGrid(scores, same, rule), ones(24), rule), 0.66);
  });
});

it('says what is wrong', () => {
  expect(() => foldAccuracy({ scores: [[1]], same: [1], fold: [0] })).toThrow('foldAccuracy: needs two folds or more, got 1');
  expect(() => foldAccuracy({ scores: [[1], [1, 2]], same: [1], fold: [0] })).toThrow('foldAccuracy: scores and fold must be [1] to match same');
});
