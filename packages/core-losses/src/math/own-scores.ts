import * as tf from '@tensorflow/tfjs';

/**
 * The score of each row with its own class. Read at its place: a mask would take several passes over all scores, and several
 * more in the gradient.
 *
 * @param scores float32 `[n, c]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @returns float32 `[n]`
 */
export function ownScores(scores: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  return tf.customGrad<tf.Tensor1D>((z, save) => {
    const places = placesOf(labels);
    const { shape } = z as tf.Tensor2D;
    (save as tf.GradSaveFunc)([places]);
    return { value: tf.gatherND(z as tf.Tensor2D, places) as tf.Tensor1D, gradFunc: (upstream, [at]) => tf.scatterND(at as tf.Tensor2D, upstream, shape) };
  })(scores);
}

/**
 * One value a row at the place of its own class, 0 elsewhere.
 *
 * @param values float32 `[n]`
 * @param labels int32 `[n]`, values in `[0, c)`
 * @param classes c
 * @returns float32 `[n, c]`
 */
export function atOwnPlaces(values: tf.Tensor1D, labels: tf.Tensor1D, classes: number): tf.Tensor2D {
  return tf.customGrad<tf.Tensor2D>((v, save) => {
    const places = placesOf(labels);
    (save as tf.GradSaveFunc)([places]);
    const value = tf.scatterND<tf.Rank.R2>(places, v as tf.Tensor1D, [labels.shape[0], classes]);
    return { value, gradFunc: (upstream, [at]) => tf.gatherND(upstream, at as tf.Tensor2D) };
  })(values);
}

/** int32 `[n, 2]`, row and column of each row's own class. */
function placesOf(labels: tf.Tensor1D): tf.Tensor2D {
  const rows = tf.range(0, labels.shape[0], 1, 'int32');
  return tf.concat2d([tf.expandDims<tf.Tensor2D>(rows, 1), tf.expandDims<tf.Tensor2D>(labels, 1)], 1);
}
