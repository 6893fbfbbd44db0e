export interface HashedNgramsOptions {
  /** Length of the vector, a power of 2. Default 16,384. */
  readonly features?: number;
  /** Lengths of the n-grams, in characters. Default 3 and 4. */
  readonly lengths?: readonly number[];
}

/**
 * Bag of character n-grams by the hashing trick: each n-gram counts at the place that its hash says, with the sign
 * that its hash says, so that collisions cancel on average; counts are damped to `sign(c) log(1 + |c|)` and the
 * vector is scaled to Euclidean length 1. Text is taken in Unicode form NFC, case kept, runs of white space as one blank.
 *
 * @returns float32 `[features]`; zeros for a text without n-grams
 * @throws RangeError if features is no power of 2 or a length is no positive integer
 * @see Weinberger et al., Feature Hashing, ICML 2009, eq. 4, https://arxiv.org/abs/0902.2206
 */
export function hashedNgrams(text: string, { features = 16_384, lengths = [3, 4] }: HashedNgramsOptions = {}): Float32Array {
  if (!Number.isInteger(features) || features < 1 || (features & (features - 1)) !== 0 || features > 2 ** 30) {
    throw new RangeError(`hashedNgrams: features must be a power of 2 up to 2^30, got ${features}`);
  }
  const wrong = lengths.find((length) => !Number.isInteger(length) || length < 1);
  if (wrong !== undefined) throw new RangeError(`hashedNgrams: lengths must be positive integers, got ${wrong}`);
  // whole code points: half of a surrogate pair is no character
  const characters = [...text.normalize('NFC').replace(/\s+/g, ' ')];
  const bytes = Buffer.from(characters.join(''), 'utf8');
  const starts = startsOf(characters);
  const bag = new Float32Array(features);
  for (const length of lengths) {
    for (let start = 0; start + length <= characters.length; start++) {
      const hash = fnv1a(bytes, starts[start]!, starts[start + length]!);
      bag[hash & (features - 1)]! += hash >>> 31 === 0 ? 1 : -1;
    }
  }
  return scaled(bag);
}

/** Damped counts at length 1. Plain loops: most places are 0, and there are thousands of texts. */
function scaled(bag: Float32Array): Float32Array {
  let squares = 0;
  for (let at = 0; at < bag.length; at++) {
    const count = bag[at]!;
    if (count === 0) continue;
    bag[at] = Math.sign(count) * Math.log1p(Math.abs(count));
    squares += bag[at]! * bag[at]!;
  }
  const norm = Math.sqrt(squares);
  if (norm > 0) for (let at = 0; at < bag.length; at++) if (bag[at] !== 0) bag[at] = bag[at]! / norm;
  return bag;
}

/** Where each character's bytes begin, and where the last one's end. */
function startsOf(characters: readonly string[]): Int32Array {
  const starts = new Int32Array(characters.length + 1);
  characters.forEach((character, at) => (starts[at + 1] = starts[at]! + Buffer.byteLength(character, 'utf8')));
  return starts;
}

/**
 * 32-bit FNV-1a of the UTF-8 bytes, then the finaliser of MurmurHash3, without which high bits of short texts hardly vary.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/, https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 */
function fnv1a(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
