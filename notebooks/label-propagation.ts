// %% [markdown]
// # Label propagation
//
// The Group Loss (ECCV 2020) lets the images of a batch decide their labels together before it takes the cross-entropy.
// A few images know their class (anchors), the others have a guess `X(0)`. Then, with similarities `W >= 0`,
//
//     Pi(t) = W X(t),   x_il(t + 1) = x_il(t) pi_il(t) / sum_m x_im(t) pi_im(t)
//
// A label grows in an image if similar images support it. In code these are two lines of `replicatorDynamics`:
//
//     const grown = tf.mul(x, tf.matMul(affinity, x));
//     const total = tf.sum(grown, 1, true);

// %%
import * as tf from '@tensorflow/tfjs';
import { groupLoss, replicatorDynamics } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';
import { lineFigure } from '@hypersphere/reporting';
import { pointSets } from './figures/point-sets';
import { show } from '../tools/notebook/show';

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

// %% [markdown]
// ## Three images
//
// A is an anchor of class 1, B of class 2, C does not know: one half each. C is twice as similar to A (0.8) as to B (0.4).
// So its odds double with each step: 1, 2, 4, 8. With the released code's `W_ii = 1` C listens to itself as well: slower at first,
// and sharper once it leans to one side.

// %%
const three = tf.tensor2d([[1, 0], [0, 1], [0.5, 0.5]]);
const similarities = (self: number): tf.Tensor2D => tf.tensor2d([[self, 0, 0.8], [0, self, 0.4], [0.8, 0.4, self]]);
const shareOfC = (self: number, steps: number): number => replicatorDynamics(three, similarities(self), steps).arraySync()[2]![0]!;
for (const steps of range(0, 4)) console.log(`t = ${steps}: share of class 1 is ${shareOfC(0, steps).toFixed(4)}, odds ${(shareOfC(0, steps) / (1 - shareOfC(0, steps))).toFixed(1)}; with own similarity 1: ${shareOfC(1, steps).toFixed(4)}`);
show(lineFigure({
  title: 'Twice as similar, so the odds double with each step',
  subtitle: 'Share of class 1 in an image C that starts undecided between anchors A (similarity 0.8) and B (0.4).',
  panels: [{
    lines: [[0, 'group-loss', 'own similarity 0 (paper)'], [1, 'cosface', 'own similarity 1 (released code)']].map(([self, family, label]) => ({
      variant: { name: `w${self}`, family: String(family), label: String(label) },
      points: range(0, 6).map((x) => ({ x, y: shareOfC(Number(self), x) })),
    })),
    x: { title: 'refinement steps T', ticks: range(0, 6) },
    y: { title: 'share of class 1', domain: [0.4, 1], format: 'percent' },
    references: [{ label: 'undecided', y: 0.5 }],
    dots: true,
  }],
}));

// %% [markdown]
// ## Two arcs, two anchors
//
// Sixty points, similar if they are near and not at all beyond a distance of 0.4, one anchor at the outer end of each arc. Labels travel
// from neighbour to neighbour; which anchor is nearest in a straight line does not matter. The consistency `sum_ij W_ij x_i . x_j` never falls.

// %%
const draw = randomStream(4, 'generated-data');
const EACH = 30;
const points = range(0, 2 * EACH - 1).map((i) => {
  const angle = (Math.PI * (i % EACH)) / (EACH - 1);
  const [x, y] = i < EACH ? [Math.cos(angle) - 0.5, Math.sin(angle) - 0.25] : [0.5 - Math.cos(angle), 0.25 - Math.sin(angle)];
  return [x + 0.04 * draw.normal(), 1.4 * y + 0.04 * draw.normal()];
});
const isAnchor = points.map((_, i) => i === EACH - 3 || i === 2 * EACH - 3);
const likeness = (distance: number): number => (distance > 0.4 ? 0 : Math.exp(-(distance ** 2) / (2 * 0.15 ** 2)));
const near = points.map((p, i) => points.map((q, j) => (i === j ? 0 : likeness(Math.hypot(p[0]! - q[0]!, p[1]! - q[1]!)))));
const begin = points.map((_, i) => (isAnchor[i] ? (i < EACH ? [1, 0] : [0, 1]) : [0.5, 0.5]));
const affinity = tf.tensor2d(near);
const after = (steps: number): number[][] => replicatorDynamics(tf.tensor2d(begin), affinity, steps).arraySync();
const consistency = (x: number[][]): number => near.reduce((sum, row, i) => sum + row.reduce((inner, w, j) => inner + w * (x[i]![0]! * x[j]![0]! + x[i]![1]! * x[j]![1]!), 0), 0);
const times = [0, 4, 12, 32];
show(pointSets({
  title: 'Labels travel along the arcs, from neighbour to neighbour',
  subtitle: 'Sixty points; the two with a ring, the anchors, know their class. Colour is the share of each class, grey is undecided. One seed.',
  points,
  isAnchor,
  half: 1.7,
  sets: times.map((steps) => ({ heading: `T = ${steps}`, shares: after(steps).map(([, second]) => second!) })),
}));
for (const steps of times) {
  const x = after(steps);
  const right = x.filter((row, i) => row[i < EACH ? 0 : 1]! > 0.5 + 1e-6).length;
  console.log(`T = ${String(steps).padStart(2)}: ${right} of 60 points lean to their own arc, consistency ${consistency(x).toFixed(1)}`);
}

// %% [markdown]
// ## The loss, and whom it moves
//
// Six embeddings, two a class, the first of each an anchor. With `T = 0` the loss is the cross-entropy of the guesses and no
// embedding is moved. One step is enough for the gradient to reach them, anchors as well, through the similarities: nothing is stopped.

// %%
const embeddings = tf.tensor2d([[1.0, 0.2, -0.5, 0.3], [0.8, 0.1, -0.2, 0.6], [-0.3, 1.1, 0.4, 0.2], [0.1, 0.9, 0.7, -0.4], [0.2, -0.6, 1.2, 0.5], [-0.1, 0.3, 0.9, 1.0]]);
const logits = tf.tensor2d([[2.0, 0.5, -1.0], [1.0, 0.2, 0.1], [0.3, 1.5, -0.2], [-0.5, 0.8, 0.9], [0.0, -0.3, 1.2], [0.6, 0.4, 0.5]]);
const classes = tf.tensor1d([0, 0, 1, 1, 2, 2], 'int32');
const anchors = tf.tensor1d([1, 0, 1, 0, 1, 0]);
for (const [words, options] of [
  ['T = 0', { steps: 0 }],
  ['T = 1, own similarity 1', { steps: 1, diagonal: 'one' }],
  ['T = 1, own similarity 0', { steps: 1 }],
  ['T = 3, own similarity 0', { steps: 3 }],
] as const) {
  const loss = (x: tf.Tensor): tf.Scalar => groupLoss(x as tf.Tensor2D, classes, logits, anchors, { temperature: 2, ...options }).loss;
  // without a step nothing leads from the embeddings to the loss, which tf.grad refuses; adding 0 makes a path
  const lengths = tf.norm(tf.grad((x) => tf.add(loss(x), tf.mul(0, tf.sum(x))))(embeddings), 'euclidean', 1).arraySync() as number[];
  console.log(`${words.padEnd(24)} loss ${loss(embeddings).dataSync()[0]!.toFixed(4)}, gradient of each embedding ${lengths.map((length) => length.toFixed(3)).join(' ')}`);
}

// %% [markdown]
// ## Why the guesses are softened
//
// A classifier that is wrong and sure of it leaves the batch nothing to decide. Its logits favour the wrong class by 4; the temperature
// divides them. The similar images favour the right class two to one, so each step doubles the odds: the batch wins after
// `4 / (temperature ln 2)` steps.

// %%
const temperatures = [[1, 'm=0.7'], [2, 'm=0.45'], [4, 'm=0.25'], [40, 'm=0']] as const;
const shareOfRight = (temperature: number, steps: number): number => {
  const odds = Math.exp(-4 / temperature);
  const start = tf.tensor2d([[1, 0], [0, 1], [odds / (1 + odds), 1 / (1 + odds)]]);
  return replicatorDynamics(start, similarities(0), steps).arraySync()[2]![0]!;
};
show(lineFigure({
  title: 'A sure mistake is corrected only if the guess is softened',
  subtitle: 'Share of the right class in an image whose classifier errs by 4 in the logits, and whose neighbours are right two to one.',
  panels: [{
    lines: temperatures.map(([temperature, name]) => ({ variant: { name, family: 'cosface', label: `temperature ${temperature}` }, points: range(0, 8).map((x) => ({ x, y: shareOfRight(temperature, x) })) })),
    x: { title: 'refinement steps T', ticks: range(0, 8) },
    y: { title: 'share of the right class', domain: [0, 1], format: 'percent' },
    references: [{ label: 'undecided', y: 0.5 }],
    names: 'key',
    dots: true,
  }],
}));
for (const [temperature] of temperatures) console.log(`temperature ${temperature}: right after ${range(0, 20).find((steps) => shareOfRight(temperature, steps) > 0.5)} steps, 4 / (temperature ln 2) = ${(4 / (temperature * Math.LN2)).toFixed(2)}`);

// %% [markdown]
// ## Where nobody supports a label
//
// With own similarity 0 an image that resembles no other is left without support. Its row becomes zero, its loss `-ln 1e-12`, its
// gradient 0: it is out of reach. With own similarity 1 it sharpens its own guess.

// %%
const lonely = tf.tensor2d([[1, 0, -1], [0.9, 0.2, -1.1], [1.1, -0.1, -0.8], [-1, 0.1, 0.9]]);
const guesses = tf.tensor2d([[1, 0], [0.5, 0.2], [0.1, 0.4], [0.2, 0.6]]);
for (const diagonal of ['zero', 'one'] as const) {
  const { perAnchor } = groupLoss(lonely, tf.tensor1d([0, 0, 1, 1], 'int32'), guesses, tf.zeros([4]), { temperature: 1, diagonal });
  console.log(`diagonal ${diagonal.padEnd(4)}: loss of each row ${Array.from(perAnchor.dataSync(), (value) => value.toFixed(3)).join(' ')}`);
}

// %% [markdown]
// More: [Group Loss](../docs/papers/group-loss.md).
