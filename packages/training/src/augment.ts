import type { RandomStream } from '@hypersphere/engine';

/** Random changes of training images. */
export interface AugmentationConfig {
  /** Mirror every second image on average, left to right. Default false. */
  readonly flip?: boolean;
  /** Shift by up to this many pixels in both directions; what comes in is the pixel value 127.5, that is 0. Default 0. */
  readonly shiftPixels?: number;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Mirrors and shifts each image of a batch.
 *
 * @param images float32 `[n, h, w, c]` in row-major order
 * @param stream draws: for each image one for the mirror, two for the shift, as far as they are wanted
 * @returns a new batch of the same size
 */
export function augment(images: Float32Array, size: ImageSize, config: AugmentationConfig, stream: RandomStream): Float32Array {
  const { flip = false, shiftPixels = 0 } = config;
  if (!flip && shiftPixels === 0) return images;
  const pixels = size.height * size.width * size.channels;
  const out = new Float32Array(images.length);
  for (let start = 0; start < images.length; start += pixels) {
    const mirrored = flip && stream.uniform() < 0.5;
    const down = shiftPixels === 0 ? 0 : stream.integer(2 * shiftPixels + 1) - shiftPixels;
    const right = shiftPixels === 0 ? 0 : stream.integer(2 * shiftPixels + 1) - shiftPixels;
    place(images.subarray(start, start + pixels), out.subarray(start, start + pixels), size, { mirrored, down, right });
  }
  return out;
}

interface Move {
  readonly mirrored: boolean;
  readonly down: number;
  readonly right: number;
}

function place(from: Float32Array, to: Float32Array, { height, width, channels }: ImageSize, { mirrored, down, right }: Move): void {
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    for (let x = Math.max(0, right); x < Math.min(width, width + right); x++) {
      const column = mirrored ? width - 1 - (x - right) : x - right;
      const source = ((y - down) * width + column) * channels;
      to.set(from.subarray(source, source + channels), (y * width + x) * channels);
    }
  }
}
