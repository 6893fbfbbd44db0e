// %% [markdown]
// # Pair weighting
//
// For its gradient, every loss on pairs is a weighted sum of similarities (Multi-Similarity, CVPR 2019, section 3):
//
//     dL/dtheta = sum_ij dL/dS_ij dS_ij/dtheta,   w_ij = | dL/dS_ij |
//
// So a loss is a rule for weights. What does it look at: the pair itself (S), the anchor's other negatives (N), its positives (P)?

// %%
import * as tf from '@tensorflow/tfjs';
import { contrastive, multiSimilarity, pairWeights, rankedList, type LossOutput, type WeightedLoss } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';
import { circle, lineFigure, pairWeightCurves, type EmbeddingSeries, type FigureVariant } from '@hypersphere/reporting';
import { circleArrows } from './figures/circle-arrows';
import { show } from '../tools/notebook/show';

const range = (from: number, to: number, step: number): number[] => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

// %% [markdown]
// ## One anchor, five rules
//
// Two positives, three negatives, and what each loss gives them. In code, the multi-similarity weights are
// `e^z_j / (1 + sum_k e^z_k)` over the mined pairs, with `z = -alpha (S - lambda)` or `beta (S - lambda)`.

// %%
const anchor = { positives: [0.9, 0.6], negatives: [0.7, 0.4, 0.2] };
const rules: { variant: FigureVariant; loss: WeightedLoss }[] = [
  { variant: { name: 'contrastive', family: 'softmax' }, loss: { name: 'contrastive', threshold: 0.5 } },
  { variant: { name: 'triplet', family: 'cosface' }, loss: { name: 'triplet', margin: 0.25 } },
  { variant: { name: 'lifted structure' }, loss: { name: 'liftedStructure', threshold: 1 } },
  { variant: { name: 'binomial deviance' }, loss: { name: 'binomialDeviance', positiveScale: 2, negativeScale: 40, threshold: 0.5 } },
  { variant: { name: 'multi-similarity' }, loss: { name: 'multiSimilarity', positiveScale: 2, negativeScale: 40, threshold: 0.5, miningMargin: 0.1 } },
];
const digits = (values: readonly number[]): string => values.map((value) => value.toFixed(3).padStart(7)).join('');
console.log(`${'cosine'.padEnd(19)}${digits(anchor.positives)}  |${digits(anchor.negatives)}`);
for (const { variant, loss } of rules) {
  const { positives, negatives } = pairWeights(anchor, loss);
  console.log(`${variant.name.padEnd(19)}${digits(positives)}  |${digits(negatives)}`);
}

// %% [markdown]
// ## What moves a weight
//
// One similarity moves, everything else stands still. A flat line says: this loss does not look there. Contrastive loss and
// binomial deviance see the pair itself, triplets the positives, lifted structure the other negatives. Multi-similarity sees
// all three: the positives through mining, where its line drops to 0.

// %%
show(pairWeightCurves({
  title: 'Only the multi-similarity weight answers to all three similarities',
  subtitle: 'Weight of one negative pair, as a share of its largest, while one similarity moves. Closed forms.',
  losses: rules.filter(({ variant }) => variant.name !== 'binomial deviance'), // its lines are a smooth form of the contrastive ones
}));

// %% [markdown]
// ## Two sets of constants, two losses
//
// The paper has alpha 2, beta 50, lambda 1; the released code 2, 40, 0.5. For a lone negative:

// %%
const constants = [
  { variant: { name: 'paper', family: 'multi-similarity', label: 'paper: beta 50, lambda 1' }, beta: 50, lambda: 1 },
  { variant: { name: 'code', family: 'cosface', label: 'code: beta 40, lambda 0.5' }, beta: 40, lambda: 0.5 },
];
const weightOf = (similarity: number, beta: number, lambda: number): number =>
  pairWeights({ positives: [0.9], negatives: [similarity] }, { name: 'multiSimilarity', positiveScale: 2, negativeScale: beta, threshold: lambda }).negatives[0] ?? NaN;
show(lineFigure({
  title: "The paper's constants leave every negative below 0.9 alone",
  subtitle: 'Weight of an anchor\'s only negative in the multi-similarity loss, without mining.',
  panels: [{
    lines: constants.map(({ variant, beta, lambda }) => ({ variant, points: range(0, 1, 0.01).map((x) => ({ x, y: weightOf(x, beta, lambda) })) })),
    x: { title: 'cosine of the negative pair', domain: [0, 1] },
    y: { title: 'weight', domain: [0, 1] },
  }],
}));
for (const cosine of [0.3, 0.5, 0.7, 0.95]) console.log(`cosine ${cosine.toFixed(2)}: ${constants.map(({ variant, beta, lambda }) => `${variant.name} ${weightOf(cosine, beta, lambda).toPrecision(2)}`).join(', ')}`);

// %% [markdown]
// ## Ranked lists: how many negatives count
//
// Ranked List Loss weighs the negatives within a distance alpha by `w ~ e^{-T d}`. Twelve negatives, evenly between 0.3 and 1.2:

// %%
const distances = range(0.3, 1.2, 0.9 / 11);
const shares = (temperature: number): number[] => {
  const weights = distances.map((distance) => Math.exp(-temperature * distance));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
};
const effective = (values: readonly number[]): number => 1 / values.reduce((sum, value) => sum + value * value, 0);
show(lineFigure({
  title: 'The temperature decides how many of twelve negatives count',
  subtitle: 'Ranked List Loss: share of each negative in the push, alpha = 1.2. The paper has T = 10.',
  panels: [{
    lines: [[0, 'm=0.1'], [5, 'm=0.3'], [10, 'm=0.6'], [20, 'm=0.7']].map(([temperature, name]) => ({
      variant: { name: String(name), family: 'cosface', label: `T = ${temperature}, ${effective(shares(Number(temperature))).toFixed(1)} count` },
      points: distances.map((x, i) => ({ x, y: shares(Number(temperature))[i] ?? NaN })),
    })),
    x: { title: 'distance of the negative' },
    y: { title: 'share of the push', format: 'percent' },
    dots: true,
    names: 'key',
    keyHeading: 'effective number',
  }],
}));
for (const temperature of [0, 5, 10, 20]) console.log(`T = ${temperature}: as if ${effective(shares(temperature)).toFixed(1)} negatives counted`);

// %% [markdown]
// ## Who moves
//
// In the paper each list moves its query alone, with weights that are constants. Ports differentiate everything. Six points on
// the circle, two classes; arrows show where each point is drawn to. In `rankedList` it is one line:
// `exactPairDistances(x, gradient === 'queryOnly' ? stopGradient(x) : x)`.

// %%
const degrees = [240, 330, 300, 60, 150, 270];
const six = degrees.map((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]);
const sixLabels = [0, 0, 0, 1, 1, 1];
function moves(gradient: 'queryOnly' | 'full'): number[][] {
  const x = tf.tensor2d(six);
  const y = tf.tensor1d(sixLabels, 'int32');
  return tf.neg(tf.grad((rows) => rankedList(rows as tf.Tensor2D, y, { gradient }).loss)(x)).arraySync() as number[][];
}
/** Length of a move, positive if it goes round to the left. */
const alongCircle = ([dx, dy]: readonly number[], angle: number): number => (dy ?? 0) * Math.cos((angle * Math.PI) / 180) - (dx ?? 0) * Math.sin((angle * Math.PI) / 180);
show(circleArrows({
  title: 'Point 1 turns the other way when galleries and weights move too',
  subtitle: 'Ranked List Loss, alpha = 1.2, m = 0.4, T = 10; steps against the gradient, scaled within each panel. Points 1 to 3 are one class, 4 to 6 the other.',
  panels: [
    { heading: 'query alone (paper)', points: six, labels: sixLabels, moves: moves('queryOnly'), names: ['1', '2', '3', '4', '5', '6'] },
    { heading: 'everything (ports)', points: six, labels: sixLabels, moves: moves('full'), names: ['1', '2', '3', '4', '5', '6'] },
  ],
}));
for (const gradient of ['queryOnly', 'full'] as const) console.log(`${gradient}: point 1 moves by ${alongCircle(moves(gradient)[0]!, degrees[0]!).toFixed(4)} along the circle; the bound (1 + lambda) / n is ${(2 / 6).toFixed(4)}, the longest move ${Math.max(...moves(gradient).map((v) => Math.hypot(...v))).toFixed(4)}`);

// %% [markdown]
// ## Point or sphere
//
// What remains of a class when training ends? Contrastive loss draws positives to one point. Ranked List Loss stops at
// alpha - m, so a class keeps its inner structure; multi-similarity stops where mining finds no negative that is nearer than the
// farthest positive less epsilon. Free points on the circle, moved by each loss until they rest:

// %%
const stream = randomStream(3, 'generated-data');
const labels = range(0, 35, 1).map((i) => i % 3);
const start = labels.map((label) => {
  const angle = (2 * Math.PI * label) / 3 + 0.4 * stream.normal();
  return [Math.cos(angle), Math.sin(angle)];
});
type PairLoss = (x: tf.Tensor2D, y: tf.Tensor1D) => LossOutput;
function settle(loss: PairLoss): number[][] {
  const points = tf.variable(tf.tensor2d(start as [number, number][]));
  const classes = tf.tensor1d(labels, 'int32');
  const optimiser = tf.train.adam(0.03);
  for (let step = 0; step < 300; step++) optimiser.minimize(() => loss(points, classes).loss);
  return points.arraySync();
}
/** Largest distance between two points of a class on the circle. */
function diameter(points: readonly (readonly number[])[]): number {
  const unit = points.map((p) => p.map((value) => value / Math.hypot(...p)));
  return Math.max(...unit.flatMap((p, i) => unit.filter((_, j) => labels[j] === labels[i]).map((q) => Math.hypot(...p.map((value, k) => value - (q[k] ?? 0))))));
}
const settled: [name: string, points: number[][]][] = [
  ['start', start],
  ['contrastive', settle((x, y) => contrastive(x, y, { normalise: true }))],
  ['multi-similarity', settle((x, y) => multiSimilarity(x, y, { negativeScale: 40, threshold: 0.5 }))],
  ['ranked list', settle((x, y) => rankedList(x, y))],
];
show(circle({
  title: 'Contrastive loss draws a class to a point; mining and ranked lists stop before',
  subtitle: 'Twelve free points a class, one seed, 300 steps. Ranked List Loss lets a class rest once its distances are within 0.8.',
  variants: settled.map(([name, points]): EmbeddingSeries => ({ variant: { name }, points, labels, note: `widest class ${diameter(points).toFixed(1)}` })),
}));
for (const [name, points] of settled) console.log(`${name.padEnd(17)} widest class ${diameter(points).toFixed(1)}`);

// %% [markdown]
// More: [Multi-Similarity](../docs/papers/multi-similarity.md), [Ranked List Loss](../docs/papers/ranked-list-loss.md),
// [UNPG](../docs/papers/unpg.md), whose filter of pairs is a weighting by 0 and 1.
