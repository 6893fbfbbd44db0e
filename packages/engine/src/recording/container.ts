import * as tf from '@tensorflow/tfjs';

/** Tensors, alone or in nested records and lists. */
export type Container = tf.Tensor | readonly Container[] | { readonly [name: string]: Container };

/** The tensors of a container, in the order of its keys. */
export function tensorsOf(container: Container): tf.Tensor[] {
  if (container instanceof tf.Tensor) return [container];
  return Object.values(container as Record<string, Container>).flatMap(tensorsOf);
}

/** A container of the same form that holds `tensors`, in the order of `tensorsOf`. */
export function withTensors<C extends Container>(container: C, tensors: readonly tf.Tensor[]): C {
  const rest = [...tensors];
  const refill = (part: Container): Container => {
    if (part instanceof tf.Tensor) return rest.shift() as tf.Tensor;
    if (Array.isArray(part)) return (part as readonly Container[]).map(refill);
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, refill(inner)]));
  };
  return refill(container) as C;
}
