import type { RandomStream } from '@hypersphere/engine';
import type { ImageShape } from './augmentation-options';

/** The image mirrored left to right, a new one. */
export function mirrored(image: Float32Array, { height, width, channels }: ImageShape): Float32Array {
  const result = new Float32Array(image.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [from, to] = [(y * width + width - 1 - x) * channels, (y * width + x) * channels];
      for (let channel = 0; channel < channels; channel++) result[to + channel] = image[from + channel] ?? 0;
    }
  }
  return result;
}

/** Moves an image by whole pixels into `to`. */
export function shift(from: Float32Array, to: Float32Array, { height, width, channels }: ImageShape, move: { down: number; right: number; padding: number }): void {
  const { down, right, padding } = move;
  to.fill(padding);
  const rowValues = width * channels;
  const kept = (width - Math.abs(right)) * channels;
  for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
    const source = (y - down) * rowValues + Math.max(0, -right) * channels;
    to.set(from.subarray(source, source + kept), y * rowValues + Math.max(0, right) * channels);
  }
}

/** Fills a square at a random place; its side is a share of the shorter side of the image. */
export function erase(image: Float32Array, { height, width, channels }: ImageShape, square: { share: number; value: number }, stream: RandomStream): void {
  const side = Math.max(1, Math.round(square.share * Math.min(height, width)));
  const [top, left] = [stream.integer(height - side + 1), stream.integer(width - side + 1)];
  for (let y = top; y < top + side; y++) image.fill(square.value, (y * width + left) * channels, (y * width + left + side) * channels);
}
