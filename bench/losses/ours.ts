import * as tf from '@tensorflow/tfjs';
import { resolveLoss, type LossConfig, type LossName, type TensorSpecs } from '@hypersphere/core-losses';
import { randomStream, startEngine } from '@hypersphere/engine';
import { record } from '@hypersphere/engine/recording';

interface Settings {
  readonly loss: LossName;
  readonly batch: number;
  readonly embeddingDim: number;
  readonly classes: number;
  readonly threads: number;
  readonly repeats: number;
  readonly mode: 'recorded' | 'eager';
}

const WARM_UP = 5;

/** Times loss and gradients; the value is read each time. */
async function main({ loss: name, batch, embeddingDim, classes, threads, repeats, mode }: Settings): Promise<void> {
  const { tensorflow } = await startEngine({ threads });
  const { entry, options } = resolveLoss({ name } as LossConfig);
  const stream = randomStream(0, 'generated-data', 'bench');
  const normal = (shape: number[]) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal()), shape);
  const tensors = (specs: TensorSpecs) => Object.fromEntries(Object.entries(specs).map(([key, { shape }]) => [key, normal([...shape])]));
  const [parameters, state] = [tensors(entry.parameters(classes, embeddingDim, options)), tensors(entry.state?.(classes, embeddingDim, options) ?? {})];
  // four images of each class, so that pairs have positives
  const labels = tf.tensor1d(Int32Array.from({ length: batch }, (_, at) => Math.floor(at / 4) % classes), 'int32');
  const drawn = entry.draws?.(batch, embeddingDim, options) ?? {};
  const draws = Object.fromEntries(Object.entries(drawn).map(([key, { shape }]) => [key, tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => stream.uniform()), [...shape])]));
  const names = Object.keys(parameters);
  const step = (embeddings: tf.Tensor, given: Record<string, tf.Tensor>, carried: Record<string, tf.Tensor>, of: tf.Tensor, fed: Record<string, tf.Tensor>) => {
    let next: readonly tf.Tensor[] = [];
    const gradients = tf.valueAndGrads((e, ...values) => {
      const trained = Object.fromEntries(names.map((key, at) => [key, values[at] as tf.Tensor]));
      const output = entry.apply({ embeddings: e as tf.Tensor2D, labels: of as tf.Tensor1D, parameters: trained, state: carried, annealed: {}, draws: fed, options });
      next = Object.values(output.state ?? {}).map((tensor) => tf.keep(tensor));
      return output.loss;
    })([embeddings, ...names.map((key) => given[key] as tf.Tensor)]);
    return { value: gradients.value as tf.Tensor, others: [...gradients.grads, ...next] };
  };
  const run = mode === 'recorded' ? record(step) : (...given: Parameters<typeof step>) => tf.tidy(() => step(...given));
  const embeddings = normal([batch, embeddingDim]);
  const milliseconds: number[] = [];
  for (let repeat = -WARM_UP; repeat < repeats; repeat++) {
    const start = performance.now();
    const result = run(embeddings, parameters, state, labels, draws);
    result.value.dataSync();
    tf.dispose([result.value, result.others]);
    if (repeat >= 0) milliseconds.push(performance.now() - start);
  }
  console.log(JSON.stringify({ milliseconds, versions: [`node ${process.versions.node}`, `tfjs ${tf.version['tfjs-core']}`, `TensorFlow ${tensorflow}`] }));
}

void main(JSON.parse(process.argv[2] ?? '{}') as Settings);
