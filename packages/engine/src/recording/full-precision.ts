import * as tf from '@tensorflow/tfjs';

let depth = 0;

/** Whether what is being computed now must stay in float32. */
export const mustBeExact = (): boolean => depth > 0;

/**
 * Computes a part of a step, and later its gradient, in float32 whatever the precision that the step is recorded with.
 *
 * @param compute the part; runs at once
 * @returns what `compute` returns
 */
export function inFullPrecision<T>(compute: () => T): T {
  const start = tapeOf().length;
  const result = exactly(compute);
  for (const node of tapeOf().slice(start)) {
    const gradient = node.gradient;
    if (gradient === undefined) continue;
    node.gradient = (dys) => {
      const thunks = exactly(() => gradient(dys));
      return Object.fromEntries(Object.entries(thunks).map(([name, thunk]) => [name, () => exactly(thunk)]));
    };
  }
  return result;
}

interface TapeNode {
  gradient?: (dys: unknown) => Record<string, () => tf.Tensor>;
}

/** The ops that tfjs has noted for the gradient that is being taken, in order; none outside of a gradient. */
function tapeOf(): readonly TapeNode[] {
  return (tf.engine().state as unknown as { readonly activeTape?: readonly TapeNode[] | null }).activeTape ?? [];
}

function exactly<T>(compute: () => T): T {
  depth++;
  try {
    return compute();
  } finally {
    depth--;
  }
}
