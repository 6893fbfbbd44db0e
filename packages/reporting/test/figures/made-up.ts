import type { EmbeddingSeries, FigureSpec } from '../../src';
import * as figures from '../../src';

/** Deterministic noise for made-up data. */
export function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648 - 0.5;
  };
}

const softmax = { name: 'softmax' };
const cosface = { name: 'm=0.35', label: 'CosFace m = 0.35', family: 'cosface' };
const text = (title: string) => ({ title, subtitle: 'made-up data · quick profile · 2 seeds' });

function embeddings(dim: 2 | 3, spread: number, name: string): EmbeddingSeries {
  const draw = noise(7);
  const rows = Array.from({ length: 60 }, (_, i) => {
    const label = i % 4;
    const angle = (label * Math.PI) / 2;
    const place = dim === 2 ? [Math.cos(angle), Math.sin(angle)] : [Math.cos(angle), Math.sin(angle), 0.3];
    return { label, point: place.map((v) => 5 * (v + spread * draw())) };
  });
  return { variant: { name }, points: rows.map((r) => r.point), labels: rows.map((r) => r.label), note: 'accuracy 97.1 %' };
}

const curve = (level: number) => Array.from({ length: 12 }, (_, i) => ({ step: i + 1, loss: 5 / (i + 1), lambda: 100 / (i + 1), validation: { tar: level * (1 - 1 / (i + 2)) } }));
const far = Array.from({ length: 20 }, (_, i) => 10 ** (-4 + (4 * i) / 19));
const roc = (power: number) => ({ far, tar: far.map((f) => f ** power) });
const angles = (middle: number) => ({ binDegrees: 10, genuine: Array.from({ length: 18 }, (_, i) => Math.max(0, 5 - Math.abs(i - middle))), impostors: Array.from({ length: 18 }, (_, i) => Math.max(0, 50 - 10 * Math.abs(i - 9))) });
const runs = [softmax, cosface].flatMap((variant, i) => [0, 1].map((seed) => ({ variant, seed, curve: curve(0.6 + 0.1 * i + 0.02 * seed), roc: roc(0.2 - 0.05 * i - 0.01 * seed) })));
const share = { as: 'percent', decimals: 1 } as const;

/** One small figure of each kind, with words that the SVG must show. */
export const madeUp: Readonly<Record<string, { spec: () => FigureSpec; words: readonly string[] }>> = {
  learningCurves: { spec: () => figures.learningCurves({ ...text('Curves'), runs, metric: { name: 'tar', title: 'TAR' }, batchSize: 80 }), words: ['Curves', 'TAR, validation', 'CosFace m = 0.35', 'images seen (thousands)', 'Training loss (nats)'] },
  marginSweep: {
    spec: () => figures.marginSweep({ ...text('Sweep'), axis: 'margin m', variant: cosface, metrics: [{ title: 'TAR', points: [0, 0.15, 0.35].map((x) => ({ x, y: 0.5 + x, low: 0.4 + x, high: 0.6 + x, seeds: [0.5, 0.6], diverged: [0.1] })), references: [{ label: 'softmax', y: 0.55, variant: softmax }] }] }),
    words: ['Sweep', 'margin m', 'softmax', '0.15', '0.35', '80%'],
  },
  rocCurve: { spec: () => figures.rocCurve({ ...text('ROC'), runs, impostors: 20_000, at: 1e-2 }), words: ['TAR in % at FAR 1e-2', 'not measurable', 'false accept rate (FAR)', '0.01', '1e-4'] },
  circle: { spec: () => figures.circle({ ...text('Circle'), variants: [embeddings(2, 0.6, 'softmax'), embeddings(2, 0.1, 'm=0.35')] }), words: ['Circle', 'softmax', 'm=0.35', 'accuracy 97.1 %', '3'] },
  sphere: { spec: () => figures.sphere({ ...text('Sphere'), variants: [embeddings(3, 0.6, 'softmax'), embeddings(3, 0.1, 'm=0.35')] }), words: ['Sphere', 'softmax', 'm=0.35', '0'] },
  angleHistograms: { spec: () => figures.angleHistograms({ ...text('Angles'), variants: [{ variant: softmax, angles: angles(5) }, { variant: cosface, angles: angles(2), overlap: 0.0815 }] }), words: ['same class', 'different classes', 'overlap 36.0 %', 'overlap 8.2 %', 'angle between the two embeddings (degrees)'] },
  targetLogitCurves: { spec: () => figures.targetLogitCurves({ ...text('ψ and θ'), curves: [{ variant: softmax, logit: { kind: 'combined' } }, { variant: { name: 'sphereface m=4' }, logit: { kind: 'psi', m: 4, lambda: 5 } }] }), words: ['ψ and θ', 'angle θ between embedding and own prototype (degrees)', 'sphereface m=4', '180'] },
  decisionMargins: { spec: () => figures.decisionMargins({ ...text('Margins'), variants: [{ variant: softmax, logit: { kind: 'combined' } }, { variant: cosface, logit: { kind: 'combined', m3: 0.35 } }] }), words: ['class 1', 'class 2', 'θ1 (degrees)', 'θ2 (degrees)'] },
  pairWeightCurves: {
    spec: () =>
      figures.pairWeightCurves({
        ...text('Pair weights'),
        losses: [
          { variant: { name: 'contrastive' }, loss: { name: 'contrastive', threshold: 0.5 } },
          { variant: { name: 'multi-similarity' }, loss: { name: 'multiSimilarity', positiveScale: 2, negativeScale: 40, threshold: 0.5, miningMargin: 0.1 } },
        ],
      }),
    words: ['contrastive', 'multi-similarity', 'the other negative (N)'],
  },
  scaleBound: { spec: () => figures.scaleBound({ ...text('Bound'), posteriors: [0.9, 0.99], scales: [{ label: 'ours', scale: 16 }] }), words: ['P = 0.9', 'P = 0.99', 'ours (s = 16)', '100k'] },
  distractorCurve: { spec: () => figures.distractorCurve({ ...text('Distractors'), against: 'distractors', lines: [{ variant: softmax, points: [10, 100, 1000].map((x) => ({ x, y: 1 - Math.log10(x) / 10 })) }] }), words: ['distractors in the gallery', '1k', 'softmax'] },
  severityCurves: { spec: () => figures.severityCurves({ ...text('Severity'), lines: [{ variant: softmax, points: [0, 1, 2, 3, 4, 5].map((x) => ({ x, y: 0.9 - x / 10 })) }] }), words: ['severity of the corruption (0: clean)', 'top-1', 'softmax'] },
  metricDots: { spec: () => figures.metricDots({ ...text('Dots'), metrics: [{ title: 'TAR', format: share, rows: [{ variant: softmax, mean: 0.5, low: -Infinity, high: Infinity, seeds: [0.5] }, { variant: cosface, mean: 0.6, low: 0.58, high: 0.62, seeds: [0.59, 0.1], diverged: 1 }] }] }), words: ['TAR (%)', '60.0 †1/2', '50.0', 'CosFace m = 0.35'] },
  pairedGaps: { spec: () => figures.pairedGaps({ ...text('Gaps'), axis: 'gap (points)', format: share, gaps: [{ label: 'CosFace − softmax', gap: 0.05, low: -0.01, high: 0.11, perSeed: [0.04, 0.06], verdict: 'undecided' }] }), words: ['CosFace − softmax', '+5.0 [−1.0, +11.0] undecided', 'gap (points)'] },
  annealing: { spec: () => figures.annealing({ ...text('λ falls'), runs: [{ variant: softmax, curve: curve(1) }] }), words: ['λ falls', 'Weight λ of the plain cosine (log axis)', 'steps'] },
  normAgainstClassSize: { spec: () => figures.normAgainstClassSize({ ...text('Norms'), classes: [{ size: 2, norm: 1 }, { size: 20, norm: 2 }, { size: 50, norm: 2.4 }], correlation: { value: 1, low: 0.5, high: 1 } }), words: ['Norms', 'rank correlation 1.00 [0.50, 1.00]', 'training examples of the class'] },
};
