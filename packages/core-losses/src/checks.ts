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
  const n = embeddings.shape[0] as number;
  checkShape(loss, 'labels', labels, { shape: [n], like: `embeddings ${shapeOf(embeddings)}` });
}

/**
 * Checks embeddings, labels and one prototype row a class (or `rows` of them).
 *
 * @param prototypes must be float32 `[c, d]`
 * @param rows prototypes a class; their number must be a multiple of it
 * @throws TypeError for a wrong dtype, RangeError for a wrong shape
 */
export function checkClassified(
  loss: string,
  embeddings: tf.Tensor,
  labels: tf.Tensor,
  prototypes: tf.Tensor,
  rows = 1,
): void {
  checkEmbedded(loss, embeddings, labels);
  checkType(loss, 'prototypes', prototypes, 'float32');
  const d = embeddings.shape[1] as number;
  const given = prototypes.shape[0] ?? 0;
  if (prototypes.rank !== 2 || prototypes.shape[1] !== d || given === 0 || given % rows !== 0) {
    const wanted = rows === 1 ? `[c, ${d}]` : `[c * ${rows}, ${d}]`;
    throw new RangeError(
      `${loss}: prototypes must be ${wanted} to match embeddings ${shapeOf(embeddings)}, got ${shapeOf(prototypes)}`,
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
