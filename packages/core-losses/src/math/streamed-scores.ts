import * as tf from '@tensorflow/tfjs';

import { rowNorms } from './row-norms';
import { unnormalised } from './unit-rows';

/** Its exponential is 0 beside anything; finite, so that no gradient is NaN. */
const NOTHING = -1e9;

export interface StreamedScoresOptions {
  /** Classes whose scores are in memory at a time, >= 1. */
  readonly classBlock: number;
  /** Whether prototypes are brought to length 1 first. */
  readonly normalise: boolean;
  /** float32 `[c]`, added to the scores. Default: none. */
  readonly bias?: tf.Tensor1D;
}

export interface StreamedScores {
  /** float32 `[n]`, score with the own class. */
  readonly own: tf.Tensor1D;
  /** float32 `[n]`, log of the sum of e^score over the other classes; about -1e9 where there is none. */
  readonly others: tf.Tensor1D;
}

/**
 * What a softmax needs of the scores `x_i w_j + b_j` of all classes, block by block: never more than `[n, classBlock]` scores and
 * the intermediates of as many prototypes are in memory, in the gradient too, which computes every block once more.
 *
 *     own_i = z_{i, y_i},   others_i = log sum_{j != y_i} e^{z_ij}
 *
 * @param x float32 `[n, d]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param prototypes float32 `[c, d]`
 */
export function streamedScores(x: tf.Tensor2D, labels: tf.Tensor1D, prototypes: tf.Tensor2D, options: StreamedScoresOptions): StreamedScores {
  const { bias, normalise } = options;
  return tf.tidy(() => {
    const starts = Array.from({ length: Math.ceil(prototypes.shape[0] / options.classBlock) }, (_, at) => at * options.classBlock);
    const both = tf.customGrad((...given) => {
      const inputs = given.slice(0, -1) as Inputs;
      const keep = given.at(-1) as unknown as tf.GradSaveFunc;
      const blocks = { starts, size: options.classBlock, normalise };
      const value = forward(inputs, labels, blocks);
      keep([value, labels, ...(inputs as tf.Tensor[])]); // the caller may have disposed of its own by the time of the gradient
      return { value, gradFunc: (upstream, saved) => backward(upstream as tf.Tensor2D, saved as Saved, blocks) };
    })(x, prototypes, ...(bias === undefined ? [] : [bias])) as tf.Tensor2D;
    const [own, others] = tf.unstack(both) as [tf.Tensor1D, tf.Tensor1D];
    return { own, others };
  });
}

type Inputs = [x: tf.Tensor2D, prototypes: tf.Tensor2D, bias?: tf.Tensor1D];
type Saved = [value: tf.Tensor2D, labels: tf.Tensor1D, ...Inputs];

interface Blocks {
  readonly starts: readonly number[];
  readonly size: number;
  readonly normalise: boolean;
}

/** `[2, n]`: own score, log-sum-exp of the others. */
function forward([x, ...rows]: Inputs, labels: tf.Tensor1D, blocks: Blocks): tf.Tensor2D {
  const parts: tf.Tensor2D[] = [];
  for (const start of blocks.starts) {
    const part = tf.tidy(() => {
      const { scores } = scoresOf(x, blockOf(rows, { start, ...blocks }, parts.at(-1)), blocks.normalise);
      const isOwn = ownMask(labels, start, scores.shape[1]);
      const own = tf.sum(tf.where(isOwn, scores, tf.zerosLike(scores)), 1);
      return tf.stack([own, tf.logSumExp(withoutOwn(scores, isOwn), 1)]) as tf.Tensor2D;
    });
    parts.push(part);
  }
  const [own, others] = tf.unstack(tf.stack(parts), 1) as [tf.Tensor2D, tf.Tensor2D]; // [blocks, n] each
  return tf.stack([tf.sum(own, 0), tf.logSumExp(others, 0)]) as tf.Tensor2D;
}

/** Gradients in the embeddings, the prototypes and, where there is one, the bias. */
function backward(upstream: tf.Tensor2D, [value, labels, x, ...rows]: Saved, blocks: Blocks): tf.Tensor[] {
  const [dOwn, dOthers] = tf.unstack(upstream).map((row) => tf.expandDims(row, 1)) as [tf.Tensor2D, tf.Tensor2D];
  const others = tf.expandDims<tf.Tensor2D>(tf.unstack(value)[1] as tf.Tensor1D, 1);
  let dX = tf.zerosLike(x);
  const dRows: tf.Tensor[][] = rows.map(() => []);
  for (const start of blocks.starts) {
    const [before, ...ofBlock] = tf.tidy(() => {
      const block = blockOf(rows, { start, ...blocks }, dX);
      const { scores, weights, norms } = scoresOf(x, block, blocks.normalise);
      const isOwn = ownMask(labels, start, scores.shape[1]);
      const share = tf.exp(tf.sub(scores, others)); // of the sum over all blocks
      const dScores = tf.where<tf.Tensor2D>(isOwn, tf.mul(tf.onesLike(scores), dOwn), tf.mul(share, dOthers)); // [n, b]
      const dWeights = tf.matMul<tf.Tensor2D>(dScores, x, true, false); // [b, d]
      const dPrototypes = norms === undefined ? dWeights : unnormalised(dWeights, weights, norms);
      const dBias = block.length === 1 ? [] : [tf.sum(dScores, 0)];
      return [tf.add(dX, tf.matMul(dScores, weights)), dPrototypes, ...dBias];
    }) as [tf.Tensor2D, ...tf.Tensor[]];
    dX.dispose();
    dX = before;
    ofBlock.forEach((gradient, at) => dRows[at]?.push(gradient));
  }
  return [dX, ...dRows.map((parts) => tf.concat(parts))];
}

type Rows = [prototypes: tf.Tensor2D, bias?: tf.Tensor1D];

function scoresOf(x: tf.Tensor2D, [prototypes, bias]: Rows, normalise: boolean) {
  const norms = normalise ? rowNorms(prototypes) : undefined; // [b, 1]
  const weights = norms === undefined ? prototypes : tf.div<tf.Tensor2D>(prototypes, norms);
  const products = tf.matMul<tf.Tensor2D>(x, weights, false, true); // [n, b]
  return { scores: bias === undefined ? products : tf.add<tf.Tensor2D>(products, bias), weights, norms };
}

/** bool `[n, b]`, where the column's class is the row's own. */
function ownMask(labels: tf.Tensor1D, start: number, size: number): tf.Tensor2D {
  return tf.equal(tf.expandDims(labels, 1), tf.range(start, start + size, 1, 'int32'));
}

function withoutOwn(scores: tf.Tensor2D, isOwn: tf.Tensor2D): tf.Tensor2D {
  return tf.where(isOwn, tf.fill(scores.shape, NOTHING), scores);
}

/** The rows of a block's classes, in a recorded step not before `previous` is computed, so that blocks take turns. */
function blockOf(rows: readonly (tf.Tensor | undefined)[], { start, size }: { start: number; size: number }, previous?: tf.Tensor): Rows {
  const isOrdered = previous !== undefined && tf.getKernel('RowsAfter', tf.getBackend()) !== undefined;
  return rows.flatMap((x) => {
    if (x === undefined) return [];
    const attributes = { start, count: Math.min(size, (x.shape[0] ?? 0) - start) };
    if (!isOrdered) return [tf.slice(x, attributes.start, attributes.count)];
    return [tf.engine().runKernel<tf.Tensor>('RowsAfter', { x, done: previous }, attributes)];
  }) as Rows;
}
