import * as tf from '@tensorflow/tfjs';

/** What a tensor is to weight decay: the groups of a backbone, and what a loss declares as decayed or not. */
export type DecayGroup = 'weight' | 'normalisation' | 'bias' | 'prelu' | 'loss' | 'none';

/** One trainable tensor's place in the flat vector. */
export interface LayoutEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly offset: number;
  readonly decay: DecayGroup;
  readonly learningRateMultiplier: number;
  readonly owner: 'backbone' | 'loss';
}

export type ParameterSpec = Omit<LayoutEntry, 'size' | 'offset'>;

/** Order of all trainable tensors in one float32 vector: the backbone's first, then the loss's. */
export interface Layout {
  readonly entries: readonly LayoutEntry[];
  readonly size: number;
  /** Length of the backbone's part, which starts at 0. */
  readonly backboneSize: number;
}

/**
 * Places tensors one after the other.
 *
 * @throws RangeError if a name comes twice
 */
export function layoutOf(specs: readonly ParameterSpec[]): Layout {
  const ordered = [...specs.filter(ownedBy('backbone')), ...specs.filter(ownedBy('loss'))];
  let offset = 0;
  const entries = ordered.map((spec) => {
    const size = spec.shape.reduce((product, extent) => product * extent, 1);
    const entry = { ...spec, size, offset };
    offset += size;
    return entry;
  });
  const twice = entries.find((entry, at) => entries.findIndex(({ name }) => name === entry.name) !== at);
  if (twice !== undefined) throw new RangeError(`layoutOf: parameter '${twice.name}' comes twice`);
  return { entries, size: offset, backboneSize: entries.filter(ownedBy('backbone')).reduce((sum, entry) => sum + entry.size, 0) };
}

/**
 * All tensors of a layout as one vector.
 *
 * @param tensors float32, by name
 * @returns float32 `[layout.size]`
 * @throws RangeError if a tensor is missing or has another shape
 */
export function flatten(tensors: Readonly<Record<string, tf.Tensor>>, layout: Layout): tf.Tensor1D {
  return tf.tidy(() =>
    tf.concat1d(
      layout.entries.map(({ name, shape }) => {
        const tensor = tensors[name];
        if (tensor === undefined || tensor.shape.join() !== shape.join()) {
          throw new RangeError(`flatten: '${name}' must be [${shape.join()}], got ${tensor === undefined ? 'nothing' : `[${tensor.shape.join()}]`}`);
        }
        return asVector(tensor);
      }),
    ),
  );
}

/** A tensor's values in row-major order; a vector itself, which saves a call. */
export function asVector(tensor: tf.Tensor): tf.Tensor1D {
  return tensor.rank === 1 ? (tensor as tf.Tensor1D) : tf.reshape(tensor, [tensor.size]);
}

/**
 * The tensors of a flat vector, in the order of the layout.
 *
 * @param vector float32 `[layout.size]`
 * @returns one tensor an entry, each with its entry's shape
 */
export function unflatten(vector: tf.Tensor1D, layout: Layout): tf.Tensor[] {
  return tf.tidy(() => {
    const parts = tf.split(vector, layout.entries.map(({ size }) => size));
    return parts.map((part, at) => {
      const shape = layout.entries[at]?.shape ?? [];
      return shape.length === 1 ? part : tf.reshape(part, [...shape]); // a call saved for every vector
    });
  });
}

/** Tensors with the names that their owner knows: the layout prefixes those of the loss, which could clash. */
export function named(tensors: readonly tf.Tensor[], layout: Layout, owner: LayoutEntry['owner']): Record<string, tf.Tensor> {
  const pairs = layout.entries.map((entry, at) => [entry, tensors[at]] as const);
  return Object.fromEntries(
    pairs.flatMap(([entry, tensor]) => (entry.owner === owner && tensor !== undefined ? [[withoutPrefix(entry.name), tensor]] : [])),
  );
}

const LOSS_PREFIX = 'loss:';

/** Name of a loss's tensor in the layout. */
export const lossName = (name: string): string => `${LOSS_PREFIX}${name}`;

function withoutPrefix(name: string): string {
  return name.startsWith(LOSS_PREFIX) ? name.slice(LOSS_PREFIX.length) : name;
}

function ownedBy(owner: LayoutEntry['owner']): (spec: ParameterSpec) => boolean {
  return (spec) => spec.owner === owner;
}
