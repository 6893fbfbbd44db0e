import { classBalance, magnitudes, trainedWith, tuned, type VariantPlan } from '@hypersphere/experiment-kit';

export type Row = ReturnType<typeof trainedWith>;
type PlanOfBase = Extract<VariantPlan, (...base: never[]) => unknown>;

/** How the negative pairs of the batch join the host. */
interface Pairs {
  readonly scale?: number;
  readonly whisker?: number;
  readonly filter?: boolean;
  readonly pairs?: 'batch' | 'row';
  readonly classNegatives?: boolean;
}

const { cosface, arcface, magface } = tuned;

/** UNPG at the scale, margin and learning rate of its host: the negative pairs are all that differs. */
export const onCosface = (pairs: Pairs = {}): Row => trainedWith({ name: 'unpg', host: 'cosface', scale: cosface.scale, cosineMargin: 0.35, ...pairs }, cosface.learningRate);
export const onArcface = (pairs: Pairs = {}): Row => trainedWith({ name: 'unpg', host: 'arcface', scale: arcface.scale, marginRadians: 0.3, beyondPi: 'fix', ...pairs }, arcface.learningRate);
export const onMagface = (pairs: Pairs = {}): Row => trainedWith({ name: 'unpg', host: 'magface', scale: magface.scale, ...magnitudes, ...pairs }, magface.learningRate);

/** MagFace's lambda_g grows with the scale, so that it outweighs the margin's pull to shorter embeddings as before. */
const atPublishedScale = { ...magnitudes, scale: 64, regulariserWeight: (64 / magface.scale) * magnitudes.regulariserWeight } as const;

/** Hosts and UNPG at the scale that all papers use, margins as above. */
export const publishedScale = {
  'CosFace s=64': trainedWith({ name: 'cosface', scale: 64, margin: 0.35 }, cosface.learningRate),
  'CosFace + UNPG s=64': onCosface({ scale: 64 }),
  'ArcFace s=64': trainedWith({ name: 'arcface', scale: 64, marginRadians: 0.3 }, arcface.learningRate),
  'ArcFace + UNPG s=64': onArcface({ scale: 64 }),
  'MagFace s=64': trainedWith({ name: 'magface', ...atPublishedScale }, magface.learningRate),
  'MagFace + UNPG s=64': trainedWith({ name: 'unpg', host: 'magface', ...atPublishedScale }, magface.learningRate),
} as const;

/** Images a batch; as many epochs, so as many images seen. */
export const inBatches = (batchSize: number, row: Row): PlanOfBase => ({ schedule }) => ({ ...row, schedule: { ...schedule, batchSize } });

/** A share of the training images has the label of another class. */
export const noisy = (share: number, row: Row): PlanOfBase => ({ data }) => ({ ...row, data: { ...data, labelNoise: { share, kind: 'closed' } } });

/** Batches of 16 classes with 5 images each, for losses that need positive pairs. */
export const balanced = (row: Row): PlanOfBase => ({ schedule }) => ({ ...row, schedule: { ...schedule, batchSize: 80, classBalance } });

const FEW = 50;

/** Few classes whose images differ much, as in K-FACE; as many steps as with all of them. */
export const fewClasses = (row: Row): PlanOfBase => ({ data, schedule }) => {
  const classes = data.name === 'hangul' ? (data.trainClasses ?? FEW) : FEW;
  return { ...row, data: { ...data, trainClasses: FEW }, schedule: { ...schedule, steps: undefined, epochs: ((schedule.epochs ?? 1) * classes) / FEW } };
};

/** The same in balanced batches. */
export const fewBalanced = (row: Row): PlanOfBase => (base) => fewClasses(row)({ ...base, schedule: { ...base.schedule, batchSize: 80, classBalance } });
