/** What a curve point says about the embeddings of its batch. */
export interface HealthPoint {
  /** Steps done. */
  readonly step: number;
  /** Mean training loss since the point before, nats where the loss is a cross-entropy. */
  readonly loss: number;
  /** Mean Euclidean norm of the batch's embeddings. */
  readonly embeddingNorm: number;
  /** Mean cosine of two different images of the batch. */
  readonly meanCosine: number;
  /** Share of the batch nearest to its own prototype, without margin; losses without prototypes have none. */
  readonly accuracy?: number;
}

export interface CollapseContext {
  /** Steps of the whole training. */
  readonly steps: number;
  readonly classes: number;
}

/** Shorter trainings are not judged: a fresh network's embeddings lie close together as well. */
export const MINIMUM_STEPS = 100;
const SAME_DIRECTION = 0.99;
const NO_LENGTH = 1e-6;
const PLATEAU_WIDTH = 0.02;
const PLATEAU_ACCURACY = 0.2;

/**
 * Says why a training counts as collapsed, looking at the last tenth of it (at least two points):
 *
 * 1. every point has all embeddings in one direction (mean cosine above 0.99) or of no length (below 1e-6),
 *    and no more than chance accuracy where accuracy is known;
 * 2. the mean accuracy is no better than chance;
 * 3. the loss is within 2 % of `ln(classes)`, the value of a network that says nothing, and accuracy below 20 %.
 *
 * Chance allows for noise: `1 / classes + min(0.05, 1 / classes)`. Before the end only rule 1 is applied, over the last
 * half of the planned steps: a plateau may still be left, identical embeddings have no gradient that parts them.
 *
 * @param points in order of steps
 * @returns the reason, or nothing for a healthy training and for one of fewer than 100 steps
 * @see SphereFace's plateau at ln C: https://github.com/wy1iu/sphereface/issues
 */
export function collapseReason(points: readonly HealthPoint[], { steps, classes }: CollapseContext): string | undefined {
  const last = points.at(-1);
  if (last === undefined || last.step < MINIMUM_STEPS) return undefined;
  const ended = last.step >= steps;
  const window = trailing(points, last.step - (ended ? 0.1 : 0.5) * steps);
  if (window === undefined) return undefined;
  const accuracy = meanOf(window.flatMap((point) => point.accuracy ?? []));
  const chance = 1 / classes + Math.min(0.05, 1 / classes);
  const learnt = accuracy !== undefined && accuracy > chance;
  const where = `in all ${window.length} curve points of steps ${window[0]?.step} to ${last.step}`;
  if (!learnt && window.every(({ meanCosine }) => meanCosine > SAME_DIRECTION)) {
    return `all embeddings point the same way (mean cosine above ${SAME_DIRECTION} ${where})`;
  }
  if (!learnt && window.every(({ embeddingNorm }) => embeddingNorm < NO_LENGTH)) return `embeddings have no length (norm below ${NO_LENGTH} ${where})`;
  if (!ended || accuracy === undefined) return undefined;
  if (!learnt) return `training accuracy ${accuracy.toFixed(3)} is no better than chance (${classes} classes) ${where}`;
  const plateau = Math.log(classes);
  const stuck = window.every(({ loss }) => Math.abs(loss - plateau) < PLATEAU_WIDTH * plateau) && accuracy < PLATEAU_ACCURACY;
  return stuck ? `the loss stands at ln(${classes}) = ${plateau.toFixed(3)} ${where}` : undefined;
}

/** Points after a step, or the last two; nothing if the points do not reach back that far. */
function trailing(points: readonly HealthPoint[], from: number): readonly HealthPoint[] | undefined {
  if (points.length < 2 || from < 0 || (points[0]?.step ?? Infinity) > Math.max(from, MINIMUM_STEPS)) return undefined;
  const after = points.filter(({ step }) => step > from);
  return after.length >= 2 ? after : points.slice(-2);
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
