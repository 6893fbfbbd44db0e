import * as tf from '@tensorflow/tfjs';
import { resolveLoss, type LossConfig, type LossName, type TensorSpecs } from '@hypersphere/core-losses';
import { startEngine } from '@hypersphere/engine';
import { record } from '@hypersphere/engine/recording';

export interface Settings {
  readonly loss: LossName;
  readonly batch: number;
  readonly embeddingDim: number;
  readonly classes: number;
  readonly threads: number;
  readonly repeats: number;
  readonly mode: 'recorded' | 'eager';
}

/** Of one call: the loss; the gradients in the embeddings and in what it trains; what it carries along. The caller frees them. */
export type Called = { readonly value: tf.Tensor; readonly gradients: tf.Tensor[]; readonly state: tf.Tensor[] };

/** Starts the engine and makes the inputs of a loss at its default options. */
export async function madeCall({ loss: name, batch, embeddingDim, classes, threads, mode }: Settings): Promise<{ call: () => Called; versions: string[] }> {
  const { tensorflow } = await startEngine({ threads });
  const { entry, options } = resolveLoss({ name } as LossConfig);
  const tensors = (specs: TensorSpecs, seed: number) => Object.fromEntries(Object.entries(specs).map(([key, { shape }], at) => [key, values([...shape], seed + at)]));
  const [parameters, state] = [tensors(entry.parameters(classes, embeddingDim, options), 2), tensors(entry.state?.(classes, embeddingDim, options) ?? {}, 12)];
  // four images of each class, so that pairs have positives
  const labels = tf.tensor1d(Int32Array.from({ length: batch }, (_, at) => Math.floor(at / 4) % classes), 'int32');
  const drawn = entry.draws?.(batch, embeddingDim, options) ?? {};
  const draws = Object.fromEntries(Object.entries(drawn).map(([key, { shape }], at) => [key, uniforms([...shape], 22 + at)]));
  const names = Object.keys(parameters);
  const step = (embeddings: tf.Tensor, given: Record<string, tf.Tensor>, carried: Record<string, tf.Tensor>, of: tf.Tensor, fed: Record<string, tf.Tensor>) => {
    let next: tf.Tensor[] = [];
    const { value, grads } = tf.valueAndGrads((e, ...rest) => {
      const trained = Object.fromEntries(names.map((key, at) => [key, rest[at] as tf.Tensor]));
      const output = entry.apply({ embeddings: e as tf.Tensor2D, labels: of as tf.Tensor1D, parameters: trained, state: carried, annealed: {}, draws: fed, options });
      next = Object.values(output.state ?? {}).map((tensor) => tf.keep(tensor));
      return output.loss;
    })([embeddings, ...names.map((key) => given[key] as tf.Tensor)]);
    return { value: value as tf.Tensor, gradients: grads, state: next };
  };
  const run = mode === 'recorded' ? record(step) : (...given: Parameters<typeof step>) => tf.tidy(() => step(...given));
  const embeddings = values([batch, embeddingDim], 1);
  return {
    call: () => run(embeddings, parameters, state, labels, draws),
    versions: [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`],
  };
}

/** About normal, and the same in torch_loss.py: a hash of place and seed. */
function values(shape: number[], seed: number): tf.Tensor {
  const made = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, place) => {
    let h = (Math.imul(place, 0x9e3779b1) + Math.imul(seed, 0x85ebca77)) | 0;
    for (const multiplier of [0x85ebca6b, 0xc2b2ae35]) h = Math.imul(h ^ (h >>> 16), multiplier);
    h ^= h >>> 16;
    const total = (h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24);
    return (total - 510) / 147.8; // the sum of four bytes has standard deviation 147.8
  });
  return tf.tensor(made, shape);
}

/** The same, spread over (0, 1). */
function uniforms(shape: number[], seed: number): tf.Tensor {
  return tf.tidy(() => tf.div(tf.add(tf.mul(values(shape, seed), 147.8), 512), 1024));
}
