import * as tf from '@tensorflow/tfjs';
import { forward, type NamedTensors, type Network } from '@hypersphere/backbones';
import { exampleShape, gatherExamples, isRows, type ExampleSet } from '@hypersphere/data';

export interface EmbedOptions {
  /** Examples at a time. Default 256. */
  readonly batch?: number;
  /** What to do with the mirrored image: leave it out, add its embedding (ArcFace), or put it behind (SphereFace, CosFace). Default none. */
  readonly mirror?: 'none' | 'sum' | 'concat';
}

export interface TrainedTensors {
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
}

/**
 * Embeddings of all examples of a set, in evaluation mode, not normalised.
 *
 * @param tensors parameters and running statistics of the backbone
 * @returns float32 `[n, d]` in row-major order, or `[n, 2 d]` with `mirror: 'concat'`
 * @throws RangeError if `batch` is not a positive integer, or what has no mirror image is to be mirrored
 * @see ArcFace, 3.1 (sum), https://arxiv.org/abs/1801.07698; SphereFace, 4.1 (concatenation), https://arxiv.org/abs/1704.08063
 */
export function embed(network: Network, tensors: TrainedTensors, set: ExampleSet, { batch = 256, mirror = 'none' }: EmbedOptions = {}): Float32Array {
  if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`embed: batch must be a positive integer, got ${batch}`);
  if (mirror !== 'none' && isRows(set)) throw new RangeError(`embed: mirror '${mirror}' needs images; texts have no mirror image`);
  const count = set.labels.length;
  const width = network.embeddingDim * (mirror === 'concat' ? 2 : 1);
  const embeddings = new Float32Array(count * width);
  for (let start = 0; start < count; start += batch) {
    const indices = Int32Array.from({ length: Math.min(batch, count - start) }, (_, at) => start + at);
    // read outside the tidy, which would search a returned array for tensors element by element
    const part = tf.tidy(() => embedBatch(network, tensors, examplesOf(set, indices), mirror));
    embeddings.set(part.dataSync<'float32'>(), start * width);
    part.dispose();
  }
  return embeddings;
}

function examplesOf(set: ExampleSet, indices: Int32Array): tf.Tensor {
  const values = gatherExamples(set, indices);
  return tf.tensor(values, [indices.length, ...exampleShape(set)], values instanceof Int32Array ? 'int32' : 'float32');
}

function embedBatch(network: Network, { parameters, statistics }: TrainedTensors, examples: tf.Tensor, mirror: EmbedOptions['mirror']): tf.Tensor2D {
  const embeddingOf = (x: tf.Tensor): tf.Tensor2D => forward(network, parameters, statistics, x, { training: false }).embedding;
  if (mirror === 'none') return embeddingOf(examples);
  const [plain, mirrored] = [embeddingOf(examples), embeddingOf(tf.reverse(examples, 2))];
  return mirror === 'sum' ? tf.add(plain, mirrored) : tf.concat2d([plain, mirrored], 1);
}
