import type { HostBatch } from './host-batch';

/** Numbers of values in one batch. */
export interface BatchSizes {
  readonly images: number;
  /** Whether these are tokens, int32, and not float32. */
  readonly tokens?: boolean;
  readonly labels: number;
  readonly dropoutMasks: Readonly<Record<string, number>>;
}

/** Memory that threads share: the next batches of a training, each at the place of its step modulo `depth`. */
export interface RingMemory {
  readonly buffer: SharedArrayBuffer;
  readonly sizes: BatchSizes;
  readonly depth: number;
}

const [NEXT, TAKEN, READY] = [0, 1, 2];
const BYTES = 4;

export function ringMemory(sizes: BatchSizes, depth: number, firstStep: number): RingMemory {
  const buffer = new SharedArrayBuffer(BYTES * (READY + depth * (1 + valuesOf(sizes))));
  const control = new Int32Array(buffer, 0, READY);
  control.fill(firstStep);
  return { buffer, sizes, depth };
}

/**
 * The ring as each thread sees it. A step is made by whoever claims it first, in order, and never more than `depth`
 * steps ahead of the training.
 */
export class BatchRing {
  private readonly control: Int32Array<SharedArrayBuffer>;

  constructor(private readonly memory: RingMemory) {
    this.control = new Int32Array(memory.buffer, 0, READY + memory.depth);
  }

  /** True if the caller is the one that makes this step. */
  claim(step: number): boolean {
    return Atomics.compareExchange(this.control, NEXT, step, step + 1) === step;
  }

  /** Waits, blocking the thread, until there is room for a step, and claims it. For worker threads. */
  claimNext(): number {
    for (;;) {
      const [step, taken] = [Atomics.load(this.control, NEXT), Atomics.load(this.control, TAKEN)];
      if (step >= taken + this.memory.depth) Atomics.wait(this.control, TAKEN, taken);
      else if (this.claim(step)) return step;
    }
  }

  /** Hands over the batch of a claimed step. */
  put(step: number, batch: HostBatch): void {
    const place = this.place(step);
    place.images.set(batch.images);
    place.labels.set(batch.labels);
    for (const [layer, mask] of Object.entries(batch.dropoutMasks)) place.dropoutMasks[layer]?.set(mask);
    Atomics.store(this.control, this.readyAt(step), step + 1);
  }

  isReady(step: number): boolean {
    return Atomics.load(this.control, this.readyAt(step)) === step + 1;
  }

  /** A copy of a batch that is ready: its place is written again after `release`. */
  read(step: number): HostBatch {
    const { images, labels, dropoutMasks } = this.place(step);
    const masks = Object.entries(dropoutMasks).map(([layer, mask]) => [layer, Float32Array.from(mask)] as const);
    return { images: images.slice(), labels: Int32Array.from(labels), dropoutMasks: Object.fromEntries(masks) };
  }

  /** The training has what it needs of this step: there is room for one more. */
  release(step: number): void {
    Atomics.store(this.control, TAKEN, step + 1);
    Atomics.notify(this.control, TAKEN);
  }

  private readyAt(step: number): number {
    return READY + (step % this.memory.depth);
  }

  private place(step: number): HostBatch {
    const { buffer, sizes, depth } = this.memory;
    let at = BYTES * (READY + depth + (step % depth) * valuesOf(sizes));
    const next = (values: number): number => (at += BYTES * values) - BYTES * values;
    const floats = (values: number): Float32Array => new Float32Array(buffer, next(values), values);
    return {
      images: sizes.tokens === true ? new Int32Array(buffer, next(sizes.images), sizes.images) : floats(sizes.images),
      labels: new Int32Array(buffer, next(sizes.labels), sizes.labels),
      dropoutMasks: Object.fromEntries(Object.entries(sizes.dropoutMasks).map(([layer, values]) => [layer, floats(values)])),
    };
  }
}

function valuesOf({ images, labels, dropoutMasks }: BatchSizes): number {
  return images + labels + Object.values(dropoutMasks).reduce((sum, values) => sum + values, 0);
}
