import * as tf from '@tensorflow/tfjs';
import { cosface } from '@hypersphere/core-losses';
import { randomStream, startEngine } from '@hypersphere/engine';
import { record } from '@hypersphere/engine/recording';
import { classSample, gatherVectors, layoutOf, sampleSize, scatterVectors, updateRule, type Vectors } from '@hypersphere/training';

interface Settings {
  readonly classes: number;
  readonly batch: number;
  readonly embeddingDim: number;
  readonly threads: number;
  readonly steps: number;
  /** Classes in memory at a time; 0 for all. */
  readonly classBlock: number;
  /** Share of the classes that take part in a step; 0 for all, without drawing. */
  readonly sampleRate: number;
}

const WARM_UP = 2;

/** Times CosFace with its gradients and the update of the prototypes by SGD with momentum and weight decay. */
async function main({ classes, batch, embeddingDim: dim, threads, steps, classBlock, sampleRate: rate }: Settings): Promise<void> {
  const { tensorflow } = await startEngine({ threads });
  const size = rate === 0 ? classes : sampleSize(rate, classes, batch);
  const layoutFor = (rows: number) => layoutOf([{ name: 'prototypes', shape: [rows, dim], decay: 'loss', learningRateMultiplier: 1, owner: 'loss' }]);
  const layout = { whole: layoutFor(classes), sampled: layoutFor(size), isSampled: () => true };
  const rule = updateRule({ name: 'sgd', learningRate: 0.1, weightDecay: 5e-4 }, layout.sampled);
  const stream = randomStream(0, 'generated-data', 'bench');
  const normal = (shape: [number, number]) => tf.tensor2d(Float32Array.from({ length: shape[0] * shape[1] }, () => stream.normal()), shape);
  const embeddings = normal([batch, dim]);
  const learningRate = tf.scalar(0.1);
  const step = record(
    (state: Vectors, x: tf.Tensor, labels: tf.Tensor, chosen: tf.Tensor, learning: tf.Tensor) => {
      const part = rate === 0 ? state : gatherVectors(state, chosen as tf.Tensor1D, layout);
      const loss = (e: tf.Tensor, rows: tf.Tensor) => cosface(e as tf.Tensor2D, labels as tf.Tensor1D, tf.reshape(rows, [size, dim]), { classBlock }).loss;
      const { value, grads } = tf.valueAndGrads(loss)([x, part.vector]);
      const [dX, gradient] = grads as [tf.Tensor, tf.Tensor1D];
      const { parameters, slots } = rule.apply({ parameters: part.vector, slots: part.slots, gradient, learningRate: learning as tf.Scalar, step: tf.scalar(1) });
      const next: Vectors = { vector: parameters, slots };
      return { state: rate === 0 ? next : scatterVectors(state, next, chosen as tf.Tensor1D, layout), value: value, dX };
    },
    { constants: rule.constants },
  );
  let state = tf.tidy((): Vectors => {
    const rows = tf.tile(normal([Math.min(classes, 1000), dim]), [classes / Math.min(classes, 1000), 1]); // made by the engine, so that the host holds no copy
    const vector = tf.reshape<tf.Rank.R1>(rows, [-1]);
    return { vector, slots: { velocity: tf.zerosLike(vector) } };
  });
  const milliseconds: number[] = [];
  for (let at = -WARM_UP; at < steps; at++) {
    const start = performance.now();
    const own = Int32Array.from({ length: batch }, () => stream.integer(classes));
    const sample = rate === 0 ? { labels: own, classes: own } : classSample(own, { classes, rate, seed: 0, step: at + WARM_UP });
    const [labels, chosen] = [tf.tensor1d(sample.labels, 'int32'), tf.tensor1d(sample.classes, 'int32')];
    const { state: next, value, dX } = step(state, embeddings, labels, chosen, learningRate);
    value.dataSync();
    tf.dispose([state.vector, state.slots, value, dX, labels, chosen]);
    state = next;
    if (at >= 0) milliseconds.push(performance.now() - start);
  }
  const versions = [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`];
  console.log(JSON.stringify({ milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024, versions }));
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
