import type * as tf from '@tensorflow/tfjs';

import { HypersphereError } from '../errors';
import { dtypeNumber, nativeBackend, type Attribute, type NativeBackend, type TensorInfo } from '../kernels/raw';
import { callerOf } from './caller-of';
import { mustBeExact } from './full-precision';

/** Where a value comes from: the step's inputs, its constants, or an output of one of its ops. */
export type Source =
  | { readonly from: 'input'; readonly at: number }
  | { readonly from: 'constant'; readonly at: number }
  | { readonly from: 'op'; readonly at: number; readonly output: number };

export interface TracedOp {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly Source[];
  /** TensorFlow's numbers of the types of its inputs. */
  readonly inputTypes: readonly number[];
  /** Computed by `inFullPrecision`. */
  readonly exact: boolean;
  /** `file:line` of the code that called it. */
  readonly where: () => string;
}

export interface Constant {
  /** TensorFlow's number of the type. */
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** All that a step did on the native backend, without values. */
export interface Trace {
  readonly ops: readonly TracedOp[];
  readonly constants: readonly Constant[];
  readonly outputs: readonly { readonly source: Source; readonly dtype: number }[];
}

/** Ops that draw by themselves: recorded, they would draw beside the run's seeded streams. */
const RANDOM = /^(Random|Truncated|Parameterized|Multinomial)/;

/**
 * Runs `step` once and writes down its ops.
 *
 * @param step returns its outputs
 * @param inputs what `step` is a function of
 * @param constants tensors from outside that it may use as they are
 * @throws HypersphereError if the step reads a value, uses another tensor from outside, or draws
 */
export function trace(step: () => readonly tf.Tensor[], inputs: readonly tf.Tensor[], constants: readonly tf.Tensor[]): Trace {
  const backend = nativeBackend();
  const tracer = new Tracer(backend, inputs, constants);
  const restore = tracer.listen();
  try {
    const results = step();
    const ids = backend.getInputTensorIds(results);
    const outputs = results.map(({ dtype }, at) => ({ source: tracer.sourceOf(ids[at] as number, 'the result'), dtype: dtypeNumber(dtype) }));
    return { ops: tracer.ops, constants: tracer.constants, outputs };
  } finally {
    restore();
  }
}

class Tracer {
  readonly ops: TracedOp[] = [];
  readonly constants: Constant[] = [];
  private readonly sources = new Map<number, Source>();
  private readonly types = new Map<number, number>();
  /** Host values that the step itself made. */
  private readonly made = new WeakSet<object>();

  constructor(
    private readonly backend: NativeBackend,
    inputs: readonly tf.Tensor[],
    constants: readonly tf.Tensor[],
  ) {
    backend.getInputTensorIds(inputs).forEach((id, at) => this.know(id, { from: 'input', at }, dtypeNumber((inputs[at] as tf.Tensor).dtype)));
    for (const [at, id] of backend.getInputTensorIds(constants).entries()) {
      if (this.sources.has(id)) continue;
      const { shape, dtype } = constants[at] as tf.Tensor;
      this.addConstant(id, { shape, dtype: dtypeNumber(dtype), bytes: bytesOf(backend.binding.tensorDataSync(id)) });
    }
  }

  /** Stands between tfjs and TensorFlow until the returned function is called. */
  listen(): () => void {
    const { backend } = this;
    const { binding } = backend;
    const [write, getInputTensorIds] = [backend.write.bind(backend), backend.getInputTensorIds.bind(backend)];
    backend.binding = Object.create(binding, {
      createTensor: { value: (...given: Parameters<typeof binding.createTensor>) => this.created(binding.createTensor(...given), given) },
      executeOp: {
        value: (name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number) => {
          const op = this.opOf(name, attributes, inputs);
          return this.executed(op, binding.executeOp(name, attributes, inputs, outputs));
        },
      },
      tensorDataSync: { value: refuseReading },
      runSavedModel: { value: refuseNesting },
    }) as typeof binding;
    backend.write = (...given) => {
      const dataId = write(...given);
      this.made.add(dataId);
      return dataId;
    };
    // Values of the host reach TensorFlow when they are first used, which may be long after they were made.
    backend.getInputTensorIds = (tensors) => {
      for (const tensor of tensors) if (backend.tensorMap.get(tensor.dataId).values != null && !this.made.has(tensor.dataId)) throw captured(tensor.shape);
      return getInputTensorIds(tensors);
    };
    return () => {
      backend.binding = binding;
      for (const method of ['write', 'getInputTensorIds']) Reflect.deleteProperty(backend, method); // the class's own show again
    };
  }

  sourceOf(id: number, user: string): Source {
    const source = this.sources.get(id);
    if (source === undefined) throw captured(undefined, user);
    return source;
  }

  private created(id: number, [shape, dtype, values]: Parameters<NativeBackend['binding']['createTensor']>): number {
    if (!ArrayBuffer.isView(values)) throw new HypersphereError(`record: a step cannot use tensors of strings (${callerOf()()})`);
    this.addConstant(id, { dtype, shape: [...shape], bytes: bytesOf(values) });
    return id;
  }

  private opOf(name: string, attributes: readonly Attribute[], inputs: readonly number[]): TracedOp {
    const where = callerOf();
    if (RANDOM.test(name)) throw new HypersphereError(`record: op '${name}' (${where()}) draws random numbers by itself; draw from a stream of the run and feed them in`);
    return { name, attributes, inputs: inputs.map((id) => this.sourceOf(id, `op '${name}'`)), inputTypes: inputs.map((id) => this.types.get(id) as number), exact: mustBeExact(), where };
  }

  private executed(op: TracedOp, results: readonly TensorInfo[]): readonly TensorInfo[] {
    const at = this.ops.push(op) - 1;
    results.forEach(({ id, dtype }, output) => this.know(id, { from: 'op', at, output }, dtype));
    return results;
  }

  private addConstant(id: number, constant: Constant): void {
    this.know(id, { from: 'constant', at: this.constants.push(constant) - 1 }, constant.dtype);
  }

  private know(id: number, source: Source, dtype: number): void {
    this.sources.set(id, source);
    this.types.set(id, dtype);
  }
}

function captured(shape?: readonly number[], user?: string): HypersphereError {
  const what = shape === undefined ? 'a tensor' : `a tensor [${shape.join()}]`;
  return new HypersphereError(`record: ${user ?? 'an op'} (${callerOf()()}) uses ${what} from outside of the step; make it an input, or declare it among the constants`);
}

function refuseReading(): never {
  throw new HypersphereError(`record: the step reads the values of a tensor (${callerOf()()}); a recorded step cannot depend on values`);
}

function refuseNesting(): never {
  throw new HypersphereError(`record: the step runs another recorded step (${callerOf()()})`);
}

/** A copy: the array may be written to later. */
function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
