import { randomStream, type RandomStream } from '@hypersphere/engine';
import type { Role } from '../role';

const onsets = ['b', 'c', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'qu', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z', 'br', 'ch', 'cl', 'dr', 'fl', 'gr', 'pl', 'sh', 'st', 'th', 'tr'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'io', 'oo', 'ou'];
const codas = ['', '', '', 'b', 'd', 'g', 'k', 'l', 'm', 'n', 'nd', 'r', 'rt', 's', 'st', 't', 'x'];

/** How many words each role has; the training words are many, so that a face can have hundreds of images. */
const shares: Readonly<Record<Role, readonly [from: number, to: number]>> = {
  train: [0, 2400],
  validation: [2400, 3000],
  test: [3000, 4200],
};

/** The made-up, pronounceable words of 4 to 9 letters that images of one role show; no word serves two roles. */
export function wordsOf(role: Role): readonly string[] {
  all ??= makeWords(shares.test[1]);
  return all.slice(...shares[role]);
}

let all: readonly string[] | undefined;

function makeWords(count: number): string[] {
  const stream = randomStream(1, 'generated-data', 'typefaces', 'words');
  const words = new Set<string>();
  while (words.size < count) {
    const word = syllable(stream) + syllable(stream) + (stream.uniform() < 0.35 ? syllable(stream) : '');
    if (word.length >= 4 && word.length <= 9) words.add(word);
  }
  return [...words];
}

const syllable = (stream: RandomStream) => [onsets, vowels, codas].map((parts) => parts[stream.integer(parts.length)]).join('');
