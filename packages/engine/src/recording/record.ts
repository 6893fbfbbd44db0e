import * as tf from '@tensorflow/tfjs';

import { HypersphereError } from '../errors';
import { NATIVE } from '../kernels/raw';
import { inBfloat16, type Precision } from './bfloat16';
import { tensorsOf, withTensors, type Container } from './container';
import { otherValues } from './other-values';
import { checkSameTrace } from './same-trace';
import { loadGraph } from './saved-model';
import { trace, type Trace } from './trace';

export interface RecordOptions {
  /** Tensors from outside that the step uses without being given them; they become part of the graph. Default: none. */
  readonly constants?: Container;
  /** Of convolutions and matrix products, but for what `inFullPrecision` computes. Default: float32. */
  readonly precision?: Precision;
}

/** A step that runs as one graph. Call it like the step; `dispose` frees the graphs. */
export interface RecordedStep<A extends readonly Container[], R extends Container> {
  (...args: A): R;
  readonly dispose: () => void;
}

/**
 * Runs a pure step as one graph of TensorFlow: hundreds of calls become one.
 *
 * The step is traced at its first call, and again when a shape changes, each time twice: with the values given and with
 * others. A step that is not a function of its inputs alone is refused.
 *
 *     const fast = record((x: tf.Tensor, y: tf.Tensor) => ({ product: tf.matMul(x, y) }));
 *     const { product } = fast(a, b);
 *
 * @param step from containers of float32, int32 and bool tensors to a container of new tensors
 * @returns a function with the signature of `step`; its results are new tensors that the caller owns
 * @throws HypersphereError, when called: the native engine is not in use, or the step reads values, branches on them, draws,
 *   or uses a tensor from outside that is not among the `constants`
 */
export function record<A extends readonly Container[], R extends Container>(step: (...args: A) => R, options: RecordOptions = {}): RecordedStep<A, R> {
  const graphs = new Map<string, RecordedStep<A, R>>();
  const run = (...args: A): R => {
    const key = tensorsOf(args).map(({ shape, dtype }) => `${dtype}[${shape.join()}]`).join();
    const graph = graphs.get(key) ?? graphOf(step, args, options);
    graphs.set(key, graph);
    return graph(...args);
  };
  return Object.assign(run, { dispose: () => graphs.forEach((graph) => graph.dispose()) });
}

function graphOf<A extends readonly Container[], R extends Container>(step: (...args: A) => R, example: A, { constants = [], precision = 'float32' }: RecordOptions): RecordedStep<A, R> {
  if (tf.getBackend() !== NATIVE) throw new HypersphereError(`record: needs the backend '${NATIVE}', got '${tf.getBackend()}'; start it with startEngine`);
  const inputs = tensorsOf(example);
  let form: R | undefined;
  const traceWith = (tensors: readonly tf.Tensor[]): Trace => {
    const args = withTensors(example as Container, tensors) as A;
    let results: tf.Tensor[] = [];
    const run = () => {
      form = tf.tidy(() => step(...args) as tf.TensorContainer) as R;
      return (results = tensorsOf(form));
    };
    try {
      return trace(run, tensors, tensorsOf(constants));
    } finally {
      tf.dispose(results);
    }
  };
  const others = otherValues(inputs);
  try {
    const [first, second] = [traceWith(inputs), traceWith(others)];
    checkSameTrace(first, second);
    const graph = loadGraph(precision === 'bfloat16' ? inBfloat16(first) : first, inputs);
    return Object.assign((...args: A): R => withTensors(form as R, graph.run(tensorsOf(args))), { dispose: graph.dispose });
  } finally {
    tf.dispose(others);
  }
}
