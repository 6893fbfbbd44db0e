import * as tf from '@tensorflow/tfjs';
import { forward, type NamedTensors, type Network } from '@hypersphere/backbones';
import { gatherImages, type ImageSet } from '@hypersphere/data';

export interface EmbedOptions {
  /** Images at a time. Default 256. */
  readonly batch?: number;
  /** What to do with the mirrored image: leave it out, add its embedding (ArcFace), or put it behind (SphereFace, CosFace). Default none. */
  readonly mirror?: 'none' | 'sum' | 'concat';
}

export interface TrainedTensors {
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
}

/**
 * Embeddings of all images of a set, in evaluation mode, not normalised.
 *
 * @param tensors parameters and running statistics of the backbone
 * @returns float32 `[n, d]` in row-major order, or `[n, 2 d]` with `mirror: 'concat'`
 * @throws RangeError if `batch` is not a positive integer
 * @see ArcFace, 3.1 (sum), https://arxiv.org/abs/1801.07698; SphereFace, 4.1 (concatenation), https://arxiv.org/abs/1704.08063
 */
export function embed(network: Network, tensors: TrainedTensors, images: ImageSet, { batch = 256, mirror = 'none' }: EmbedOptions = {}): Float32Array {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`embed: batch must be a positive integer, got ${batch}`);
  const count = images.labels.length;
  const width = network.embeddingDim * (mirror === 'concat' ? 2 : 1);
  const embeddings = new Float32Array(count * width);
  for (let start = 0; start < count; start += batch) {
    const indices = Int32Array.from({ length: Math.min(batch, count - start) }, (_, at) => start + at);
    // read outside the tidy, which would search a returned array for tensors element by element
    const part = tf.tidy(() => embedBatch(network, tensors, imagesOf(images, indices), mirror));
    embeddings.set(part.dataSync<'float32'>(), start * width);
    part.dispose();
  }
  return embeddings;
}

function imagesOf(set: ImageSet, indices: Int32Array): tf.Tensor4D {
  return tf.tensor4d(gatherImages(set, indices), [indices.length, set.height, set.width, set.channels]);
}

function embedBatch(network: Network, { parameters, statistics }: TrainedTensors, images: tf.Tensor4D, mirror: EmbedOptions['mirror']): tf.Tensor2D {
  const embeddingOf = (x: tf.Tensor4D): tf.Tensor2D => forward(network, parameters, statistics, x, { training: false }).embedding;
  if (mirror === 'none') return embeddingOf(images);
  const [plain, mirrored] = [embeddingOf(images), embeddingOf(tf.reverse4d(images, 2))];
  return mirror === 'sum' ? tf.add(plain, mirrored) : tf.concat2d([plain, mirrored], 1);
}
