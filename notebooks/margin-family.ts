// %% [markdown]
// # The margin family on the circle
//
// SphereFace, CosFace and ArcFace are one loss: a softmax over cosines whose own class is made to look worse than it is.
// They differ in one function, the target logit `T`:
//
//     L_i = -log( e^{s T(theta_y)} / (e^{s T(theta_y)} + sum_{j != y} e^{s cos theta_j}) )
//
//     SphereFace   T = (-1)^k cos(m theta) - 2k      CVPR 2017, eq. 7
//     CosFace      T = cos theta - m                 CVPR 2018, eq. 4
//     ArcFace      T = cos(theta + m)                CVPR 2019, eq. 3
//
// In code the difference is as small: `cosface` is `marginSoftmax(cosines, labels, { scale, penalise: (cosine) => tf.sub(cosine, margin) })`.

// %%
import * as tf from '@tensorflow/tfjs';
import { arcface, cosface, marginUpperBound, psi, scaleLowerBound, softmax, targetLogit, type LossOutput } from '@hypersphere/core-losses';
import { randomStream } from '@hypersphere/engine';
import { circle, lineFigure, medianGapDegrees, scaleBound, targetLogitCurves, type EmbeddingSeries } from '@hypersphere/reporting';
import { show } from '../tools/notebook/show';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const range = (from: number, to: number, step: number): number[] => Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

// %% [markdown]
// ## The target logit
//
// A margin lowers the logit of the own class. CosFace takes the same off everywhere; ArcFace moves the cosine to the left;
// SphereFace, mixed with the plain cosine as it is trained (lambda 5), takes nothing off at 0 and most at 180 degrees.

// %%
show(targetLogitCurves({
  title: 'A margin lowers the logit of the own class',
  subtitle: 'Published constants, SphereFace with lambda 5; grey: the cosine without a margin. ArcFace ends where it would rise again.',
  curves: [
    { variant: { name: 'softmax', label: 'no margin' }, logit: { kind: 'combined' } },
    { variant: { name: 'm=0.35', family: 'cosface', label: 'CosFace 0.35' }, logit: { kind: 'combined', m3: 0.35 } },
    { variant: { name: 'm=0.5', family: 'arcface', label: 'ArcFace 0.5' }, logit: { kind: 'combined', m2: 0.5 } },
    { variant: { name: 'm=4', family: 'sphereface', label: 'SphereFace 4' }, logit: { kind: 'psi', m: 4, lambda: 5 } },
  ],
}));
for (const degrees of [0, 45, 90]) {
  const theta = radians(degrees);
  const [plain, cos, arc] = [targetLogit(theta), targetLogit(theta, { cosineMargin: 0.35 }), targetLogit(theta, { marginRadians: 0.5 })];
  console.log(`at ${degrees} degrees: cosine ${plain.toFixed(3)}, CosFace ${cos.toFixed(3)}, ArcFace ${arc.toFixed(3)}, psi of m = 4 alone ${psi(Math.cos(theta), 4).toFixed(3)}`);
}

// %% [markdown]
// ## The same margin, seen between two classes
//
// With two classes an embedding is on the right side when `T(theta_1) > cos theta_2`. How much nearer to its own
// prototype does it have to be? Solve `T(theta_1) = cos theta_2` and look at `theta_2 - theta_1`.

// %%
function boundary(target: (theta: number) => number, other: number): number {
  if (target(0) < Math.cos(other)) return NaN; // no angle is good enough
  let [low, high] = [0, Math.PI];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (target(middle) > Math.cos(other)) low = middle;
    else high = middle;
  }
  return low;
}
const targets = {
  arcface: { variant: { name: 'm=0.5', family: 'arcface', label: 'ArcFace 0.5' }, of: (theta: number) => targetLogit(theta, { marginRadians: 0.5 }) },
  cosface: { variant: { name: 'm=0.35', family: 'cosface', label: 'CosFace 0.35' }, of: (theta: number) => targetLogit(theta, { cosineMargin: 0.35 }) },
  sphereface: { variant: { name: 'm=4', family: 'sphereface', label: 'SphereFace 4' }, of: (theta: number) => (5 * Math.cos(theta) + psi(Math.cos(theta), 4)) / 6 },
};
const gaps = Object.values(targets).map(({ variant, of }) => ({
  variant,
  points: range(10, 110, 1).map((x) => ({ x, y: x - (boundary(of, radians(x)) * 180) / Math.PI })).filter(({ y }) => Number.isFinite(y)),
}));
show(lineFigure({
  title: 'ArcFace asks for the same angle everywhere, SphereFace for little where classes are near',
  subtitle: 'How much nearer to its own prototype an embedding has to be. Where a line is missing, no embedding is near enough.',
  panels: [{ lines: gaps, x: { title: 'angle to the other prototype (degrees)', domain: [0, 110] }, y: { title: 'margin (degrees)', domain: [0, 60] } }],
}));
console.log(`60 degrees from the other prototype: ${Object.values(targets).map(({ variant, of }) => `${variant.label} lets ${((boundary(of, radians(60)) * 180) / Math.PI).toFixed(1)}`).join(', ')} degrees pass`);

// %% [markdown]
// ## Where the pull turns round
//
// `cos(theta + m)` rises again beyond `pi - m`. There a badly placed embedding would be pushed away from its own class. The
// gradient of the losses themselves shows it: an embedding lies on a wrong prototype, `theta` from its own, and pulls its own
// prototype by `-dT/dtheta`. The fix, which public code has or has not, goes on with the plain cosine, further down.

// %%
type ClassLoss = (x: tf.Tensor2D, y: tf.Tensor1D, w: tf.Tensor2D) => LossOutput;

/** Pull on the own prototype (at angle 0) of an embedding at `theta` where a wrong prototype is, as a share of the scale. */
function pull(loss: ClassLoss, theta: number): number {
  return tf.tidy(() => {
    const x = tf.tensor2d([[Math.cos(theta), Math.sin(theta)]]);
    const w = tf.tensor2d([[1, 0], [Math.cos(theta), Math.sin(theta)]]);
    const gradient = tf.grad((rows) => loss(x, tf.tensor1d([0], 'int32'), rows as tf.Tensor2D).loss)(w);
    return -(gradient.arraySync() as number[][])[0]![1]! / 16; // the prototype turns in the direction of +y
  });
}
const losses: { variant: { name: string; family?: string; label: string }; loss: ClassLoss }[] = [
  { variant: { name: 'softmax', label: 'no margin, CosFace' }, loss: (x, y, w) => cosface(x, y, w, { scale: 16, margin: 0.35 }) },
  { variant: { name: 'm=0.3', family: 'arcface', label: 'ArcFace, with the fix' }, loss: (x, y, w) => arcface(x, y, w, { scale: 16, marginRadians: 0.5 }) },
  { variant: { name: 'm=0.9', family: 'arcface', label: 'ArcFace, as printed' }, loss: (x, y, w) => arcface(x, y, w, { scale: 16, marginRadians: 0.5, beyondPi: 'none' }) },
];
show(lineFigure({
  title: 'Beyond 151 degrees, ArcFace as printed pushes an embedding away from its class',
  subtitle: 'Pull between an embedding and its own prototype, divided by the scale. Gradients of the library, margin 0.5.',
  panels: [{
    lines: losses.map(({ variant, loss }) => ({ variant, points: range(30, 179, 1).map((x) => ({ x, y: pull(loss, radians(x)) })) })),
    x: { title: 'angle to the own prototype (degrees)', domain: [30, 180], ticks: [30, 60, 90, 120, 150, 180] },
    y: { title: '' },
    places: [{ label: '180° - m', x: 180 - (0.5 * 180) / Math.PI, shade: 'right' }],
    references: [{ label: 'no pull', y: 0 }],
  }],
}));
console.log(`at 170 degrees: ${losses.map(({ variant, loss }) => `${variant.label} ${pull(loss, radians(170)).toFixed(2)}`).join('; ')}`);

// %% [markdown]
// ## How large a scale
//
// Cosines lie between -1 and 1. If `s` is small, even a perfect configuration leaves the softmax unsure. CosFace, eq. 6:
//
//     s >= (C - 1)/C ln( (C - 1) P / (1 - P) )
//
// Three prototypes, evenly spread, and an embedding that lies on its own: at the bound the library's loss gives exactly `P`.

// %%
const simplex = tf.tensor2d(range(0, 2, 1).map((j) => [Math.cos((2 * Math.PI * j) / 3), Math.sin((2 * Math.PI * j) / 3)]));
for (const wanted of [0.5, 0.9, 0.99]) {
  const scale = scaleLowerBound(3, wanted);
  const { loss } = cosface(tf.tensor2d([[1, 0]]), tf.tensor1d([0], 'int32'), simplex, { scale, margin: 0 });
  console.log(`P = ${wanted}: s = ${scale.toFixed(4)}, reached ${Math.exp(-loss.dataSync()[0]!).toFixed(4)}`);
}
show(scaleBound({
  title: 'The least scale grows with the logarithm of the number of classes',
  subtitle: 'CosFace, eq. 6: what a posterior P at the class centres needs.',
  posteriors: [0.9, 0.99, 0.999],
  scales: [{ label: 'CosFace and ArcFace', scale: 64 }, { label: 'AM-Softmax, SphereFace-R', scale: 30 }],
}));

// %% [markdown]
// ## A margin buys empty angle between classes
//
// Eight classes of points in eight dimensions, a network of one hidden layer, embeddings in the plane (after CosFace, Figure 4).
// In two dimensions eight prototypes allow a margin of `1 - cos(2 pi / 8)`, eq. 7.

// %%
const CLASSES = 8;
const EACH = 30;
const draw = randomStream(1, 'generated-data');
const centres = range(1, CLASSES, 1).map(() => range(1, 8, 1).map(() => draw.normal()));
const labels = range(0, CLASSES * EACH - 1, 1).map((i) => i % CLASSES);
const inputs = tf.tensor2d(labels.map((label) => centres[label]!.map((value) => value + 0.5 * draw.normal())));
const classes = tf.tensor1d(labels, 'int32');

function train(loss: ClassLoss): { points: number[][]; prototypes: number[][] } {
  const weights = randomStream(2, 'initial-weights');
  const variable = (rows: number, columns: number): tf.Variable<tf.Rank.R2> => tf.variable(tf.tensor2d(range(1, rows, 1).map(() => range(1, columns, 1).map(() => weights.normal() / Math.sqrt(rows)))));
  const [hidden, out, prototypes] = [variable(8, 32), variable(32, 2), variable(CLASSES, 2)];
  const embed = (): tf.Tensor2D => tf.matMul(tf.tanh(tf.matMul(inputs, hidden)), out);
  const optimiser = tf.train.adam(0.02);
  for (let step = 0; step < 250; step++) optimiser.minimize(() => loss(embed(), classes, prototypes).loss);
  return { points: embed().arraySync(), prototypes: prototypes.arraySync() };
}

const trained: [name: string, label: string, loss: ClassLoss][] = [
  ['softmax', 'softmax', (x, y, w) => softmax(x, y, w)],
  ['m=0', 'normalised, m = 0', (x, y, w) => cosface(x, y, w, { scale: 16, margin: 0 })],
  ['m=0.1', 'CosFace, m = 0.1', (x, y, w) => cosface(x, y, w, { scale: 16, margin: 0.1 })],
  ['m=0.2', 'CosFace, m = 0.2', (x, y, w) => cosface(x, y, w, { scale: 16, margin: 0.2 })],
];
const onCircle = trained.map(([name, label, loss]): EmbeddingSeries => {
  const { points, prototypes } = train(loss);
  const gap = medianGapDegrees({ points, labels });
  console.log(`${label}: ${gap.toFixed(0)} degrees empty between neighbouring classes`);
  return { variant: { name, label, family: 'cosface' }, points, labels, prototypes, note: `gap ${gap.toFixed(0)} degrees` };
});
console.log(`largest margin for ${CLASSES} prototypes in the plane: ${marginUpperBound(CLASSES, 2).toFixed(3)}`);
show(circle({
  title: 'The larger the margin, the more empty angle between the classes',
  subtitle: 'Eight generated classes, 30 points each, one seed, 250 steps. Above: embeddings as they are; below: on the circle, with prototypes and the density of each class.',
  variants: onCircle,
}));

// %% [markdown]
// More: [SphereFace](../docs/papers/sphereface.md), [CosFace](../docs/papers/cosface.md), [ArcFace](../docs/papers/arcface.md),
// [UNPG](../docs/papers/unpg.md), which adds the negative pairs of the batch to any of them.
