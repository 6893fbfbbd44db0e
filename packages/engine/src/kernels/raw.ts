import * as tf from '@tensorflow/tfjs';

/** The name under which TensorFlow for Node registers itself with tfjs. */
export const NATIVE = 'tensorflow';

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface TensorInfo {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: number;
}

/** What is used of TensorFlow's binding; tensors are known to it by numbers that are never given twice. */
export interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  createTensor(shape: readonly number[], dtype: number, values: unknown): number;
  executeOp(name: string, attributes: readonly Attribute[], inputs: readonly number[], outputs: number): TensorInfo[];
  tensorDataSync(id: number): ArrayBufferView;
}

/** What is used of the native backend: any op of TensorFlow by its name. */
export interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
  binding: NativeBinding;
  readonly tensorMap: { get(dataId: object): { readonly values: unknown } };
  executeSingleOutput(op: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[]): tf.Tensor;
  executeMultipleOutputs(op: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[], outputs: number): tf.Tensor[];
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  write(values: unknown, shape: readonly number[], dtype: tf.DataType): object;
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(session: number, inputs: readonly tf.Tensor[], feeds: readonly { readonly name: string }[], fetches: readonly string[]): tf.Tensor[];
  deleteSavedModel(session: number): void;
}

/** The native backend, whichever backend is in use. */
export function nativeBackend(): NativeBackend {
  return tf.findBackend(NATIVE) as unknown as NativeBackend;
}

/** Runs a TensorFlow op of one output whose element type is float32. */
export function run(op: string, inputs: readonly tf.Tensor[], attributes: readonly Attribute[] = [floatType('T')]): tf.Tensor {
  return nativeBackend().executeSingleOutput(op, attributes, inputs);
}

/** `run`, then frees `made`, the input that was made only for it: the next op finds their memory still in the processor's cache. */
export function runAndFree(op: string, inputs: readonly tf.Tensor[], made: tf.Tensor): tf.Tensor {
  const result = run(op, inputs);
  made.dispose();
  return result;
}

/** An attribute that names a type. */
export function typeAttribute(name: string, dtype: tf.DataType): Attribute {
  return { name, type: nativeBackend().binding.TF_ATTR_TYPE, value: dtypeNumber(dtype) };
}

export const floatType = (name: string): Attribute => typeAttribute(name, 'float32');
export const intType = (name: string): Attribute => typeAttribute(name, 'int32');

export function flag(name: string, value: boolean): Attribute {
  return { name, type: nativeBackend().binding.TF_ATTR_BOOL, value };
}

export function float(name: string, value: number): Attribute {
  return { name, type: nativeBackend().binding.TF_ATTR_FLOAT, value };
}

export function text(name: string, value: string): Attribute {
  return { name, type: nativeBackend().binding.TF_ATTR_STRING, value };
}

/** TensorFlow's number of a type of tfjs. */
export function dtypeNumber(dtype: tf.DataType): number {
  const { TF_FLOAT, TF_INT32, TF_BOOL } = nativeBackend().binding;
  const numbers: Partial<Record<tf.DataType, number>> = { float32: TF_FLOAT, int32: TF_INT32, bool: TF_BOOL };
  const found = numbers[dtype];
  if (found === undefined) throw new RangeError(`dtype must be ${Object.keys(numbers).join(', ')}, got ${dtype}`);
  return found;
}
