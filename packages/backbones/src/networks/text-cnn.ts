import { torchLinear } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { Network, TokenSize } from '../network';
import { number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';

/** Tokens that each of the four convolutions sees. */
const WINDOWS = [2, 3, 4, 5] as const;
const EPSILON = 1e-5;

export const textCnnOptions = {
  vocabulary: number({ default: 4096, atLeast: 2, integer: true, describe: 'number of different tokens, padding included. SYSML: 30,000' }),
  tokenDim: number({ default: 32, atLeast: 1, integer: true, describe: 'length of the vector of a token. SYSML: 32' }),
  filters: number({ default: 5, atLeast: 1, integer: true, describe: 'filters of each of the four convolutions. SYSML: 5' }),
  hidden: number({ default: 128, atLeast: 1, integer: true, describe: 'length of the text features. SYSML: 128' }),
  embeddingDim: number({ default: 32, atLeast: 1, integer: true, describe: 'length d of the embedding. SYSML: 32' }),
  dropout: number({ default: 0.1, atLeast: 0, below: 1, describe: 'share of values dropped in front of the linear maps. SYSML: 0.1' }),
};

export type TextCnnOptions = ResolvedOptions<typeof textCnnOptions>;

/**
 * Encoder of one text, `[n, t] -> [n, d]`: token vectors, convolutions over 2 to 5 tokens without activation, maximum
 * over time, linear map (the layer `text`), then batch norm, linear map, batch norm. It is SYSML's network for a
 * single post without time, forum and the attention over several posts.
 *
 * @see Maneriker et al., SYSML, EMNLP 2021, section 3, https://arxiv.org/abs/2104.00764
 * @see Shrestha et al., EACL 2017, https://aclanthology.org/E17-2106/
 */
export function textCnn(options: TextCnnOptions, input: TokenSize): Network {
  const list = layerList();
  const { vocabulary, tokenDim: units, dropout: rate } = options;
  const tokens = list.append({ kind: 'lookup', name: 'tokens', inputs: [IMAGES], vocabulary, units, initial: { kind: 'normal', std: 1 } });
  const dropped = (from: string): string => (rate > 0 ? list.append({ kind: 'dropout', name: `${from}.dropout`, inputs: [from], rate }) : from);
  const linear = (name: string, from: string, size: number): string =>
    list.append({ kind: 'dense', name, inputs: [from], units: size, bias: true, initial: torchLinear });
  const norm = (name: string, from: string): string => list.append({ kind: 'batchNorm', name, inputs: [from], epsilon: EPSILON, scale: true });
  const windows = WINDOWS.map((kernel) => {
    const conv = list.append({ kind: 'conv1d', name: `window${kernel}`, inputs: [tokens], filters: options.filters, kernel, bias: true, initial: torchLinear });
    return list.append({ kind: 'maxOverTime', name: `window${kernel}.largest`, inputs: [conv] });
  });
  const text = linear('text', dropped(list.append({ kind: 'concat', name: 'windows', inputs: windows })), options.hidden);
  const output = linear('embedding', norm('text.norm', dropped(text)), options.embeddingDim);
  return finishNetwork('text-cnn', input, list.layers, norm('embedding.norm', output));
}
