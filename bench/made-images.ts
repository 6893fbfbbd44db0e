import { randomStream } from '@hypersphere/engine';

export interface MadeImages {
  readonly count: number;
  /** Height and width in pixels. */
  readonly side: number;
  readonly channels?: number;
  readonly classes: number;
}

/** Random pixels, class after class: what a step is timed on. The same at every call. */
export function madeImages({ count, side, channels = 1, classes }: MadeImages) {
  const stream = randomStream(0, 'generated-data', 'bench');
  const pixels = new Uint8Array(count * side * side * channels).map(() => Math.floor(256 * stream.uniform()));
  return { images: pixels, labels: Int32Array.from({ length: count }, (_, at) => at % classes), height: side, width: side, channels, classes };
}
