import { labelledRows, type Labelled } from '../checks';
import { unitRows } from '../similarity/unit-rows';
import { classMeans, cosineOf } from './class-means';

export interface AngularFisherInput extends Labelled {
  /** Whether embeddings are scaled to length 1 before they are averaged; the paper does not say. Default: no. */
  readonly normalise?: boolean;
}

export interface AngularFisher {
  readonly within: number;
  readonly between: number;
  /** within / between: lower is better; Infinity when all class means point the same way. */
  readonly score: number;
}

/**
 * Angular Fisher score: scatter of samples about their class means over that of class means about the mean of all.
 *
 *     AFS = S_w / S_b,  S_w = sum_i sum_{x in X_i} (1 - cos(x, m_i)),  S_b = sum_i n_i (1 - cos(m_i, m))
 *
 * Single-image classes add 0 to S_w.
 *
 * @throws RangeError if there are fewer than two classes
 * @see Liu et al., SphereFace, CVPR 2017, appendix E, https://arxiv.org/abs/1704.08063
 */
export function angularFisher(input: AngularFisherInput): AngularFisher {
  const raw = labelledRows('angularFisher', input);
  const rows = input.normalise ? unitRows(raw) : raw;
  const { means, mean, sizes, classOf } = classMeans(rows, input.labels);
  if (sizes.length < 2) throw new RangeError(`angularFisher: needs two classes or more, got ${sizes.length}`);
  let [within, between] = [0, 0];
  classOf.forEach((k, row) => (within += 1 - cosineOf(rows.values, row * rows.dim, means, k * rows.dim, rows.dim)));
  sizes.forEach((size, k) => (between += size * (1 - cosineOf(means, k * rows.dim, mean, 0, rows.dim))));
  return { within, between, score: within / between };
}
