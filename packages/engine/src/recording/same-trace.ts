import { HypersphereError } from '../errors';
import type { Constant, Source, Trace, TracedOp } from './trace';

/**
 * A step that is a function of its inputs alone does the same ops on the same constants whatever the values are.
 *
 * @throws HypersphereError that names the first op in which two traces differ
 */
export function checkSameTrace(first: Trace, second: Trace): void {
  const length = Math.max(first.ops.length, second.ops.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [first.ops[at], second.ops[at]];
    if (a === undefined || b === undefined || signature(a) !== signature(b)) {
      throw new HypersphereError(`record: with other values op ${at} is ${describe(b)} in place of ${describe(a)}; a step must not branch on values`);
    }
    const changed = a.inputs.findIndex((source, input) => !sameConstant(source, b.inputs[input], first, second));
    if (changed >= 0) {
      throw new HypersphereError(`record: input ${changed} of op ${at}, ${describe(a)}, is a constant that differs from trace to trace: it was made from values, or drawn; feed it in`);
    }
  }
  if (JSON.stringify(first.outputs) !== JSON.stringify(second.outputs)) throw new HypersphereError('record: with other values the step returns other tensors');
  const changed = first.outputs.findIndex(({ source }, at) => !sameConstant(source, second.outputs[at]?.source, first, second));
  if (changed >= 0) throw new HypersphereError(`record: output ${changed} of the step is a constant that differs from trace to trace`);
}

const signature = ({ name, attributes, inputs }: TracedOp): string => JSON.stringify([name, attributes, inputs]);

const describe = (op: TracedOp | undefined): string => (op === undefined ? 'nothing' : `'${op.name}' (${op.where()})`);

function sameConstant(a: Source, b: Source | undefined, first: Trace, second: Trace): boolean {
  if (a.from !== 'constant' || b?.from !== 'constant') return true;
  const [one, other] = [first.constants[a.at] as Constant, second.constants[b.at] as Constant];
  return one.dtype === other.dtype && one.shape.join() === other.shape.join() && Buffer.compare(one.bytes, other.bytes) === 0;
}
