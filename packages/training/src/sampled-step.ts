import * as tf from '@tensorflow/tfjs';
import type { Network } from '@hypersphere/backbones';

import { trainingLayout, type LossShape } from './initial-state';
import { asVector, lossName, unflatten, type Layout, type LayoutEntry } from './layout';
import type { Slots } from './optimisers';

/** What stands in for the layout where only some of the classes take part. */
export interface SampledLayout {
  readonly whole: Layout;
  /** The same entries with as many rows as the sample has classes. */
  readonly sampled: Layout;
  readonly isSampled: (entry: LayoutEntry) => boolean;
}

/**
 * Layout of a training on a sample of the classes.
 *
 * @param size classes of a step
 * @throws RangeError if the loss is not one of rows of classes alone
 */
export function sampledLayout(network: Network, { loss, classes }: LossShape, size: number): SampledLayout {
  const { classRows } = loss.entry;
  if (classRows === undefined) throw new RangeError(`schedule.sampleRate: ${loss.name} cannot be trained on a sample of the classes; leave it out`);
  const whole = trainingLayout(network, { loss, classes });
  const names = new Set(classRows.map(lossName));
  const isSampled = ({ name }: LayoutEntry): boolean => names.has(name);
  const wrong = whole.entries.find((entry) => isSampled(entry) && entry.shape[0] !== classes);
  if (wrong !== undefined) throw new RangeError(`schedule.sampleRate needs one row a class, got ${wrong.shape[0]} rows for ${classes} classes of '${wrong.name}'`);
  return { whole, sampled: trainingLayout(network, { loss, classes: size }), isSampled };
}

/** A state's vectors, those of the optimiser included. A type, so that tfjs takes it as a container of tensors. */
export type Vectors = {
  readonly vector: tf.Tensor1D;
  readonly slots: Slots;
};

/** The vectors' rows of the sampled classes, and all that is no class's. */
export function gatherVectors({ vector, slots }: Vectors, classes: tf.Tensor1D, layout: SampledLayout): Vectors {
  return mapVectors({ vector, slots }, (whole) =>
    tf.concat1d(
      unflatten(whole, layout.whole).map((part, at) => asVector(layout.isSampled(layout.whole.entries[at] as LayoutEntry) ? tf.gather(part, classes) : part)),
    ),
  );
}

/** The whole vectors with new rows of the sampled classes, and all that is no class's new; other rows stay to the bit. */
export function scatterVectors(old: Vectors, next: Vectors, classes: tf.Tensor1D, layout: SampledLayout): Vectors {
  const at = tf.expandDims<tf.Tensor2D>(classes, 1); // [k, 1]
  const scattered = (whole: tf.Tensor1D, sampled: tf.Tensor1D): tf.Tensor1D => {
    const updates = unflatten(sampled, layout.sampled);
    return tf.concat1d(
      unflatten(whole, layout.whole).map((part, index) => {
        const update = updates[index] as tf.Tensor;
        return asVector(layout.isSampled(layout.whole.entries[index] as LayoutEntry) ? tf.tensorScatterUpdate(part, at, update) : update);
      }),
    );
  };
  return {
    vector: scattered(old.vector, next.vector),
    slots: Object.fromEntries(Object.entries(old.slots).map(([name, slot]) => [name, scattered(slot, next.slots[name] as tf.Tensor1D)])),
  };
}

function mapVectors({ vector, slots }: Vectors, change: (vector: tf.Tensor1D) => tf.Tensor1D): Vectors {
  return { vector: change(vector), slots: Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, change(slot)])) };
}
