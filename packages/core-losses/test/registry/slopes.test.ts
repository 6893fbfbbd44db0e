import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { onCpu } from '../on-backends';
import { draws, gradientsOf, problemFor, run, type Problem } from './problem';
import { variants } from './variants';

/** Losses and settings that stop a gradient which their value has, and what they stop. All others have the slope of their value. */
const stops: Record<string, string> = {
  'arcface gradient=straightThrough': 'the slope of the margined angle',
  circle: 'the weights of pairs',
  das: 'produced embeddings',
  rankedList: 'the gallery end of distances, and the weights of pairs',
  'sphereface form=detached': 'the margin, a constant added to the cosine',
  'sphereface gradient=released': 'parts of the derivative, as the layer does',
};

/** Settings of these losses that stop nothing. */
const full = ['das detach=false', 'rankedList gradient=full'];

/** Settings whose value jumps within a step of the point, since another pair is chosen there. */
const jumps = ['tripletSemiHard normalise=false'];

/** Difference of the embeddings that float32 values still resolve. */
const STEP = 1e-3;

onCpu('the gradient is the slope of the value, unless something is stopped', () => {
  describe.each(variants.filter(({ title }) => !jumps.includes(title)))('$title', ({ title, name, entry, options }) => {
    it('along a direction', () => {
      tf.tidy(() => {
        const problem = problemFor(entry, options);
        const along = tf.tensor2d(draws(41, problem.embeddings.size), problem.embeddings.shape);
        const valueAt = (step: number): number => valueOf({ ...problem, embeddings: tf.add(problem.embeddings, tf.mul(step, along)) });
        const valueOf = (moved: Problem) => run(entry, options, moved).loss.dataSync()[0] as number;
        const slope = (8 * (valueAt(STEP) - valueAt(-STEP)) - (valueAt(2 * STEP) - valueAt(-2 * STEP))) / (12 * STEP);
        const [gradient] = gradientsOf(entry, options, problem);
        const wanted = tf.sum(tf.mul(gradient!, along)).dataSync()[0] as number;
        const differs = Math.abs(slope - wanted) > 0.02 * Math.abs(wanted) + 5e-3;
        expect([title, differs, slope, wanted]).toEqual([title, (title in stops || name in stops) && !full.includes(title), slope, wanted]);
      });
    });
  });
});
