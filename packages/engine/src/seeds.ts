import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** What a stream is for. Streams of different names never share a draw. */
export type StreamName =
  | 'initial-weights'
  | 'batch-order'
  | 'augmentation'
  | 'dropout'
  | 'loss-draws'
  | 'class-sample'
  | 'pairs'
  | 'folds'
  | 'bootstrap'
  | 'generated-data';

export interface RandomStream {
  /** Uniform in [0, 1), a multiple of 2^-53. */
  uniform(): number;
  /** Standard normal: mean 0, variance 1. */
  normal(): number;
  /** Uniform integer in [0, below), without bias. */
  integer(below: number): number;
  /** A new array with the items in a random order, every order equally likely. */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * A stream of random draws that is a pure function of its arguments: equal arguments, equal draws.
 * So a resumed run asks again for the stream of its epoch or step and has no generator to restore.
 *
 *     state = first 128 bits of SHA-256(JSON [seed, name, ...key])
 *
 * @param seed the run's seed, a safe integer
 * @param name what the draws are for
 * @param key which of them: a layer, an epoch, a step
 * @throws RangeError if a number is not finite, or the seed no integer
 * @see Blackman and Vigna, Scrambled linear pseudorandom number generators (xoroshiro128+), https://arxiv.org/abs/1805.01407
 */
export function randomStream(seed: number, name: StreamName, ...key: readonly (string | number)[]): RandomStream {
  checkKey(seed, key);
  const generator = xoroshiro128plusFromState(stateOf([seed, name, ...key]));
  const uniform = () => uniformFloat64(generator);
  const integer = (below: number) => {
    if (!Number.isSafeInteger(below) || below < 1) {
      throw new RangeError(`randomStream.integer: below must be an integer of at least 1, got ${below}`);
    }
    return uniformInt(generator, 0, below - 1);
  };
  return { uniform, integer, normal: boxMuller(uniform), shuffle: (items) => shuffled(items, integer) };
}

function checkKey(seed: number, key: readonly (string | number)[]): void {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`randomStream: seed must be an integer, got ${seed}`);
  // JSON writes NaN and Infinity as null, so that different keys would share a stream
  const bad = key.find((part) => typeof part === 'number' && !Number.isFinite(part));
  if (bad !== undefined) throw new RangeError(`randomStream: key must hold strings and finite numbers, got ${bad}`);
}

function stateOf(parts: readonly (string | number)[]): number[] {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  return [0, 4, 8, 12].map((at) => digest.readInt32LE(at));
}

/** Box and Muller's transform gives two normals for two uniforms; the second is kept for the next call. */
function boxMuller(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const kept = spare;
      spare = undefined;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform())); // 1 - u is in (0, 1]: no log of 0
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

function shuffled<T>(items: readonly T[], integer: (below: number) => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = integer(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
