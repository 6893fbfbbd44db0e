// %% [markdown]
// # Supervised contrast
//
// SimCLR draws the two views of an image together and pushes everything else away. SupCon (NeurIPS 2020, eqs. 2 and 3) has the same
// fraction, but takes every row of the class as a positive, with the mean outside of the logarithm or inside:
//
//     out: L_i = -1/|P(i)| sum_{p in P(i)} log( e^{z_i z_p / tau} / sum_{a != i} e^{z_i z_a / tau} )
//     in:  L_i = -log( 1/|P(i)| sum_{p in P(i)} e^{z_i z_p / tau} / sum_{a != i} e^{z_i z_a / tau} )
//
// In code both losses call `contrastiveTerms`; SimCLR's mask of positives is `otherViews(rows)`, SupCon's `pairMasks(labels).positive`.

// %%
import * as tf from '@tensorflow/tfjs';
import { simclr, supcon, type LossOutput } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';
import { circle, lineFigure, type EmbeddingSeries } from '@hypersphere/reporting';
import { circleArrows, type ArrowPanel } from './figures/circle-arrows';
import { show } from '../tools/notebook/show';

const range = (from: number, to: number, step = 1): number[] => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
type ViewLoss = (z: tf.Tensor2D, labels: tf.Tensor1D) => LossOutput;

// %% [markdown]
// ## Three images, two views each
//
// Images A and B are one class, C another. Rows are view-major: all first views, then all second views.

// %%
const z = [[1, 0], [0.6, 0.8], [-0.6, 0.8], [0.8, 0.6], [0, 1], [-1, 0]];
const labels = [0, 0, 1, 0, 0, 1];
const names = ['A', 'B', 'C', "A'", "B'", "C'"];
const moves = (loss: ViewLoss): number[][] => tf.neg(tf.grad((rows) => loss(rows as tf.Tensor2D, tf.tensor1d(labels, 'int32')).loss)(tf.tensor2d(z))).arraySync() as number[][];
const panel = (heading: string, loss: ViewLoss): ArrowPanel => ({ heading, points: z, labels, names, moves: moves(loss) });
const forms: [heading: string, loss: ViewLoss][] = [
  ['SimCLR', (x, y) => simclr(x, y, { temperature: 0.5 })],
  ['SupCon, out', (x, y) => supcon(x, y, { temperature: 0.5 })],
  ['SupCon, in', (x, y) => supcon(x, y, { form: 'in', temperature: 0.5 })],
];
show(circleArrows({
  title: "Without labels A' is driven from B; with labels the class closes up",
  subtitle: 'Steps against the gradient, temperature 0.5, scaled within each panel. A and B are one class, C is another; primes are second views.',
  panels: forms.map(([heading, loss]) => panel(heading, loss)),
}));
for (const [heading, loss] of forms) console.log(`${heading.padEnd(12)} loss ${loss(tf.tensor2d(z as [number, number][]), tf.tensor1d(labels, 'int32')).loss.dataSync()[0]!.toFixed(4)}, step of A upwards ${moves(loss)[0]![1]!.toFixed(4)}`);

// %% [markdown]
// ## Outside or inside the logarithm
//
// The gradient of an anchor is `1/tau { sum_p z_p (P_ip - X_ip) + sum_n z_n P_in }`. The share `X_ip` that each positive should have is
// `1/|P(i)|` outside; inside, the factor `1/|P(i)|` is a constant, and `X` becomes a softmax over the positives: what is near already
// is wanted most. Four positives:

// %%
const positives = [0.9, 0.7, 0.4, 0.1];
const softmaxOf = (values: readonly number[]): number[] => {
  const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
  return values.map((value) => Math.exp(value) / total);
};
const wanted = (form: 'in' | 'out', temperature: number): number[] => (form === 'out' ? positives.map(() => 1 / positives.length) : softmaxOf(positives.map((s) => s / temperature)));
show(lineFigure({
  title: 'Inside the logarithm, the far positives are hardly wanted',
  subtitle: 'Share of the pull on four positives of an anchor, from far (left) to near. Closed form, supplement of the paper.',
  panels: [0.1, 0.5].map((temperature) => ({
    heading: `temperature ${temperature}`,
    lines: (['out', 'in'] as const).map((form) => ({
      variant: { name: form, family: form === 'out' ? 'supcon' : 'triplet', label: form },
      points: positives.map((x, i) => ({ x, y: wanted(form, temperature)[i] ?? NaN })),
    })),
    x: { title: 'cosine of anchor and positive', domain: [0, 1] as const },
    y: { title: 'share of the pull', domain: [0, 1] as const, format: 'percent' },
    dots: true,
  })),
}));
console.log(`temperature 0.1, shares from near to far: in ${wanted('in', 0.1).map((share) => share.toFixed(4)).join(' ')}; out ${wanted('out', 0.1).map((share) => share.toFixed(4)).join(' ')}`);

// %% [markdown]
// ## Temperature
//
// `P` is a softmax over all other rows, so negatives weigh by `e^{cos / tau}`. A small temperature sees the nearest negatives alone,
// a large one all of them alike.

// %%
show(lineFigure({
  title: 'A small temperature looks at the nearest negatives alone',
  subtitle: 'Weight of a negative in the push, compared with one of cosine 1. SupCon trains with 0.1, SimCLR on CIFAR-10 with 0.5.',
  panels: [{
    lines: [[0.05, 'm=0.7'], [0.1, 'm=0.5'], [0.5, 'm=0.3'], [1, 'm=0.1']].map(([temperature, name]) => ({
      variant: { name: String(name), family: 'cosface', label: `temperature ${temperature}` },
      points: range(-1, 1, 0.02).map((x) => ({ x, y: Math.exp((x - 1) / Number(temperature)) })),
    })),
    x: { title: 'cosine of anchor and negative', domain: [-1, 1] },
    y: { title: 'weight, 100 % at cosine 1', domain: [0, 1], format: 'percent' },
    names: 'key',
  }],
}));

// %% [markdown]
// ## What gathers
//
// Free points on the circle: four classes of six images, two views each. SimCLR only knows that views belong together and spreads the
// images around the circle, classes mixed. SupCon gathers the classes. The loss does not go to 0: it is a cross-entropy with as many
// targets as there are positives. In four points at right angles it is, with 11 positives, 24 rows at 90 and 12 at 180 degrees,
// `ln(11 + 24 e^{-1/tau} + 12 e^{-2/tau})`.

// %%
const IMAGES = 24;
const stream = randomStream(5, 'generated-data');
const start = range(1, 2 * IMAGES).map(() => {
  const angle = 2 * Math.PI * stream.uniform();
  return [Math.cos(angle), Math.sin(angle)];
});
const views = range(0, 2 * IMAGES - 1).map((i) => (i % IMAGES) % 4);
const TEMPERATURE = 0.5;
function settle(loss: ViewLoss): { points: number[][]; loss: number } {
  const points = tf.variable(tf.tensor2d(start as [number, number][]));
  const classes = tf.tensor1d(views, 'int32');
  const optimiser = tf.train.adam(0.05);
  for (let step = 0; step < 300; step++) optimiser.minimize(() => loss(points, classes).loss);
  return { points: points.arraySync(), loss: loss(points, classes).loss.dataSync()[0]! };
}
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
/** Mean cosine over all pairs of rows that a test lets through. */
const meanCosine = (points: readonly (readonly number[])[], isPair: (i: number, j: number) => boolean): number =>
  mean(points.flatMap((p, i) => points.flatMap((q, j) => (i < j && isPair(i, j) ? [(p[0]! * q[0]! + p[1]! * q[1]!) / (Math.hypot(...p) * Math.hypot(...q))] : []))));
const simclrEnd = settle((x, y) => simclr(x, y, { temperature: TEMPERATURE }));
const supconEnd = settle((x, y) => supcon(x, y, { temperature: TEMPERATURE }));
const ends: [string, number[][]][] = [['start', start], ['SimCLR', simclrEnd.points], ['SupCon', supconEnd.points]];
show(circle({
  title: 'SimCLR spreads the images, SupCon gathers the classes',
  subtitle: 'Four classes (colours) of six images, two views each, as free points; temperature 0.5, 300 steps, one seed.',
  variants: ends.map(([name, points]): EmbeddingSeries => ({ variant: { name }, points, labels: views, note: `mean cosine within classes ${meanCosine(points, (i, j) => views[i] === views[j]).toFixed(1).replace('-0.0', '0.0')}` })),
}));
for (const [name, points] of ends) console.log(`${name.padEnd(7)} mean cosine of two views ${meanCosine(points, (i, j) => j === i + IMAGES).toFixed(2)}, within classes ${meanCosine(points, (i, j) => views[i] === views[j]).toFixed(2)}`);
console.log(`SupCon loss reached ${supconEnd.loss.toFixed(2)}; four points at right angles have ${Math.log(11 + 24 * Math.exp(-1 / TEMPERATURE) + 12 * Math.exp(-2 / TEMPERATURE)).toFixed(2)}, ln 11 is ${Math.log(11).toFixed(2)}`);

// %% [markdown]
// More: [SupCon](../docs/papers/supcon.md), [NBC-Softmax](../docs/papers/nbc-softmax.md), which contrasts the centroids of classes.
