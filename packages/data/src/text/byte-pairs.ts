import { Tiktoken } from 'js-tiktoken/lite';
import gpt2 from 'js-tiktoken/ranks/gpt2';

export interface BytePairsOptions {
  /** Number of different tokens, the padding included: 257 keeps the bytes alone. Default 4,096; at most 50,257. */
  readonly vocabulary?: number;
  /** Length of the row, in tokens. Default 256. */
  readonly tokens?: number;
}

/** The bytes, which every vocabulary has. */
const BYTES = 256;
const encoders = new Map<number, Tiktoken>();

/**
 * Text as byte-level byte pairs of GPT-2: its first `vocabulary - 1` tokens, whose merges are the most frequent ones,
 * numbered from 1. The row is cut, or filled with 0, to `tokens`.
 *
 * @returns int32 `[tokens]`, values from 0 to vocabulary - 1
 * @throws RangeError if the vocabulary or the length is out of range
 * @see Sennrich et al., ACL 2016, https://arxiv.org/abs/1508.07909; the ranks are those of GPT-2
 */
export function bytePairs(text: string, { vocabulary = 4096, tokens = 256 }: BytePairsOptions = {}): Int32Array {
  const ranks = gpt2.bpe_ranks.split(' ').length - 2;
  if (!Number.isInteger(vocabulary) || vocabulary < BYTES + 1 || vocabulary > ranks + 1) {
    throw new RangeError(`bytePairs: vocabulary must be an integer from ${BYTES + 1} to ${ranks + 1}, got ${vocabulary}`);
  }
  if (!Number.isInteger(tokens) || tokens < 1) throw new RangeError(`bytePairs: tokens must be a positive integer, got ${tokens}`);
  const row = new Int32Array(tokens);
  // names of special tokens are ordinary text
  row.set(encoderOf(vocabulary).encode(text, [], []).slice(0, tokens).map((token) => token + 1));
  return row;
}

function encoderOf(vocabulary: number): Tiktoken {
  const known = encoders.get(vocabulary);
  if (known !== undefined) return known;
  // '!', number of the first token, then the tokens in base64, the most frequent merges first
  const [mark = '!', first = '0', ...ranked] = gpt2.bpe_ranks.split(' ');
  const kept = [mark, first, ...ranked.slice(0, vocabulary - 1)].join(' ');
  const encoder = new Tiktoken({ ...gpt2, bpe_ranks: kept, special_tokens: {} });
  encoders.set(vocabulary, encoder);
  return encoder;
}
