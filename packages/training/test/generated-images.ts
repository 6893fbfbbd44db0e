import type { ImageSet } from '@hypersphere/data';
import { randomStream } from '@hypersphere/engine';

/** Small images: one random pattern a class, with noise. */
export function generatedImages({ classes = 4, perClass = 12, side = 8, noise = 40, seed = 5 } = {}): ImageSet {
  const pixels = side * side;
  const pattern = randomStream(seed, 'generated-data', 'patterns');
  const patterns = Array.from({ length: classes * pixels }, () => 64 + 128 * pattern.uniform());
  const draws = randomStream(seed, 'generated-data', 'noise');
  const labels = Int32Array.from({ length: classes * perClass }, (_, index) => index % classes);
  const images = new Uint8Array(labels.length * pixels).map((_, at) => {
    const label = labels[Math.floor(at / pixels)] ?? 0;
    return Math.min(255, Math.max(0, (patterns[label * pixels + (at % pixels)] ?? 0) + noise * draws.normal()));
  });
  return { images, labels, height: side, width: side, channels: 1, classes };
}
