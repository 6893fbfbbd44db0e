import * as tf from '@tensorflow/tfjs';

/** Of one step: calls of a kernel, and the milliseconds in them. */
export interface KernelTime {
  readonly name: string;
  readonly calls: number;
  readonly milliseconds: number;
}

interface Native {
  binding: { executeOp(name: string, ...others: readonly unknown[]): unknown };
}

/**
 * Stands between tfjs and TensorFlow and times each op by its name: on a processor an eager op has ended when its call returns.
 *
 * @returns a function that takes the times since it was last called
 */
export function kernelClock(): () => readonly KernelTime[] {
  const native = tf.findBackend('tensorflow') as unknown as Native;
  const { binding } = native;
  const times = new Map<string, KernelTime>();
  const executeOp: Native['binding']['executeOp'] = (name, ...others) => {
    const start = performance.now();
    const results = binding.executeOp(name, ...others);
    const { calls = 0, milliseconds = 0 } = times.get(name) ?? {};
    times.set(name, { name, calls: calls + 1, milliseconds: milliseconds + performance.now() - start });
    return results;
  };
  native.binding = Object.create(binding, { executeOp: { value: executeOp } }) as Native['binding'];
  return () => {
    const taken = [...times.values()];
    times.clear();
    return taken;
  };
}
