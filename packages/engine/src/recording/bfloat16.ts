import { nativeBackend } from '../kernels/raw';
import { processor } from '../processor';
import { TraceRewriter } from './trace-rewriter';
import type { Source, Trace, TracedOp } from './trace';

/** `bfloat16`: convolutions and matrix products take and give bfloat16, all else is float32. */
export type Precision = 'float32' | 'bfloat16';

/** TensorFlow's number of the type, which tfjs does not have. */
const BFLOAT16 = 14;

/** Ops of one output and one element type, `T`. */
const PRODUCTS = new Set(['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter', 'MatMul', 'BatchMatMulV2']);

/** Processors whose products of bfloat16 are oneDNN's, summed in float32. */
const WITH_BFLOAT16 = ['avx512_bf16', 'amx_bf16'];

/**
 * Whether products run in kernels of bfloat16. TensorFlow's own, which it takes on other processors, sum a filter's gradient in
 * bfloat16 (15 % off for 64 images of 16 x 16) at a twentieth of the speed. There float32 kernels run on rounded operands, and
 * their results are rounded: the same numbers up to the order of sums.
 */
export function hasBfloat16(): boolean {
  return nativeBackend().isUsingGpuDevice || processor().instructionSets.some((name) => WITH_BFLOAT16.includes(name));
}

/**
 * The same step with its products in bfloat16: each operand is rounded before (once, however many products take it), the result
 * after. What was computed by `inFullPrecision` stays as it is.
 *
 * @param inKernels run kernels of bfloat16, or float32 ones on rounded numbers. Default: what the processor is made for
 */
export function inBfloat16(trace: Trace, inKernels = hasBfloat16()): Trace {
  const { TF_FLOAT } = nativeBackend().binding;
  const rewriter = new TraceRewriter();
  const operands = new Map<string, Source>();
  const round = (source: Source, where: TracedOp['where']): Source => rewriter.add(cast(rewriter.add(cast(source, [TF_FLOAT, BFLOAT16], where)), [BFLOAT16, TF_FLOAT], where));
  const lower = (source: Source, where: TracedOp['where']): Source => (inKernels ? rewriter.add(cast(source, [TF_FLOAT, BFLOAT16], where)) : round(source, where));
  const operand = (source: Source, where: TracedOp['where']): Source => {
    const key = JSON.stringify(source);
    const found = operands.get(key) ?? lower(source, where);
    operands.set(key, found);
    return found;
  };
  return rewriter.rewrite(trace, (op) => {
    if (!PRODUCTS.has(op.name) || op.exact || !op.inputTypes.includes(TF_FLOAT)) return rewriter.add(op);
    // the others are shapes
    const inputs = op.inputs.map((source, at) => (op.inputTypes[at] === TF_FLOAT ? operand(source, op.where) : source));
    if (!inKernels) return round(rewriter.add({ ...op, inputs }), op.where);
    return rewriter.add(cast(rewriter.add({ ...typed(op, TF_FLOAT), inputs }), [BFLOAT16, TF_FLOAT], op.where));
  });
}

/** The same op on bfloat16. */
function typed(op: TracedOp, float32: number): TracedOp {
  const attributes = op.attributes.map((one) => (one.name === 'T' ? { ...one, value: BFLOAT16 } : one));
  return { ...op, attributes, inputTypes: op.inputTypes.map((type) => (type === float32 ? BFLOAT16 : type)) };
}

function cast(source: Source, [from, to]: readonly [number, number], where: TracedOp['where']): TracedOp {
  const { TF_ATTR_TYPE, TF_ATTR_BOOL } = nativeBackend().binding;
  const attributes = [
    { name: 'SrcT', type: TF_ATTR_TYPE, value: from },
    { name: 'DstT', type: TF_ATTR_TYPE, value: to },
    { name: 'Truncate', type: TF_ATTR_BOOL, value: false },
  ];
  return { name: 'Cast', attributes, inputs: [source], inputTypes: [from], exact: false, where };
}
