import { closeSync, openSync, writeSync } from 'node:fs';

export interface Made {
  readonly n: number;
  readonly dim: number;
  /** Rows of one class follow each other. */
  readonly perClass: number;
  readonly seed: number;
}

/** Length of the noise over that of the class's centre: hard enough that nearest neighbours are often wrong. */
const NOISE = 2.2;
const BLOCK = 4096;

/** Writes raw float32 `[n, dim]`: a centre a class, and noise about it. */
export function writeEmbeddings(path: string, { n, dim, perClass, seed }: Made): void {
  const uniform = generator(seed);
  const centre = new Float32Array(dim);
  const file = openSync(path, 'w');
  for (let start = 0; start < n; start += BLOCK) {
    const block = new Float32Array(Math.min(BLOCK, n - start) * dim);
    for (let at = 0; at < block.length; at += dim) {
      if ((start + at / dim) % perClass === 0) for (let i = 0; i < dim; i++) centre[i] = uniform();
      for (let i = 0; i < dim; i++) block[at + i] = centre[i]! + NOISE * uniform();
    }
    writeSync(file, new Uint8Array(block.buffer));
  }
  closeSync(file);
}

/** xorshift32, as numbers in [-0.5, 0.5): quick, and good enough to be measured on. */
function generator(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32 - 0.5;
  };
}
