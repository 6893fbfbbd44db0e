import type * as tf from '@tensorflow/tfjs';

/**
 * Checks that embeddings and labels fit together.
 *
 * @param loss name that starts the message
 * @param embeddings must be float32 `[n, d]`, n and d at least 1
 * @param labels must be int32 `[n]`; their values are not read, since that would wait for the device
 * @throws TypeError for a wrong dtype, RangeError for a wrong shape
 */
export function checkEmbedded(loss: string, embeddings: tf.Tensor, labels: tf.Tensor): void {
  checkType(loss, 'embeddings', embeddings, 'float32');
  checkType(loss, 'labels', labels, 'int32');
  if (embeddings.rank !== 2 || embeddings.size === 0) {
    throw new RangeError(`${loss}: embeddings must be [n, d] with n, d >= 1, got ${shapeOf(embeddings)}`);
  }
  checkShape(loss, 'labels', labels, { shape: embeddings.shape.slice(0, 1), like: `embeddings ${shapeOf(embeddings)}` });
}

/** Checks that the rows can be two views of each image, all first views before all second ones. */
export function checkTwoViews(loss: string, embeddings: tf.Tensor): void {
  if ((embeddings.shape[0] ?? 0) % 2 !== 0) {
    throw new RangeError(`${loss}: embeddings must be [2n, d], n first views and n second views, got ${shapeOf(embeddings)}`);
  }
}

/**
 * Checks embeddings, labels and one row a class (or `each` of them).
 *
 * @param rows must be float32 `[c * each, d]`
 * @param called what the rows are, for the message
 * @throws TypeError for a wrong dtype, RangeError for a wrong shape
 */
export function checkClassified(
  loss: string,
  embeddings: tf.Tensor,
  labels: tf.Tensor,
  rows: tf.Tensor,
  { each = 1, called = 'prototypes' } = {},
): void {
  checkEmbedded(loss, embeddings, labels);
  checkType(loss, called, rows, 'float32');
  const d = embeddings.shape[1];
  const given = rows.shape[0] ?? 0;
  if (rows.rank !== 2 || rows.shape[1] !== d || given === 0 || given % each !== 0) {
    const wanted = each === 1 ? `[c, ${d}]` : `[c * ${each}, ${d}]`;
    throw new RangeError(
      `${loss}: ${called} must be ${wanted} to match embeddings ${shapeOf(embeddings)}, got ${shapeOf(rows)}`,
    );
  }
}

/** Checks one more float32 tensor, such as a bias or the centres, against the shape that `like` implies. */
export function checkFloat(
  loss: string,
  name: string,
  tensor: tf.Tensor,
  wanted: { readonly shape: readonly number[]; readonly like: string },
): void {
  checkType(loss, name, tensor, 'float32');
  checkShape(loss, name, tensor, wanted);
}

/** `[4,8]`, as it stands in messages. */
export function shapeOf(tensor: tf.Tensor): string {
  return `[${tensor.shape.join(',')}]`;
}

function checkType(loss: string, name: string, tensor: tf.Tensor, dtype: 'float32' | 'int32'): void {
  if (tensor.dtype !== dtype) {
    throw new TypeError(`${loss}: ${name} must be ${dtype}, got ${tensor.dtype}; convert with tf.cast(${name}, '${dtype}')`);
  }
}

function checkShape(
  loss: string,
  name: string,
  tensor: tf.Tensor,
  { shape, like }: { readonly shape: readonly number[]; readonly like: string },
): void {
  if (tensor.rank !== shape.length || shape.some((size, axis) => tensor.shape[axis] !== size)) {
    throw new RangeError(`${loss}: ${name} must be [${shape.join(',')}] to match ${like}, got ${shapeOf(tensor)}`);
  }
}
