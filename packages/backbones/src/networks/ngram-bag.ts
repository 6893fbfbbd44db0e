import { heNormal } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { FeatureSize, Network } from '../network';
import { number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';

export const ngramBagOptions = {
  hidden: number({ default: 128, atLeast: 1, integer: true, describe: 'values behind the first linear map' }),
  embeddingDim: number({ default: 64, atLeast: 1, integer: true, describe: 'length d of the embedding' }),
  featureDropout: number({ default: 0.5, atLeast: 0, below: 1, describe: 'share of features dropped' }),
};

export type NgramBagOptions = ResolvedOptions<typeof ngramBagOptions>;

/**
 * Encoder of a text as a bag of n-grams, `[n, features] -> [n, d]`: dropout of features, linear map, ReLU, linear map.
 * Features have Euclidean length 1, so the first map starts with standard deviation 1.
 */
export function ngramBag(options: NgramBagOptions, input: FeatureSize): Network {
  const list = layerList();
  const { featureDropout: rate } = options;
  const features = rate > 0 ? list.append({ kind: 'dropout', name: 'features.dropout', inputs: [IMAGES], rate }) : IMAGES;
  const hidden = list.append({ kind: 'dense', name: 'hidden', inputs: [features], units: options.hidden, bias: true, initial: { kind: 'normal', std: 1 } });
  const active = list.append({ kind: 'relu', name: 'hidden.relu', inputs: [hidden] });
  const output = list.append({ kind: 'dense', name: 'embedding', inputs: [active], units: options.embeddingDim, bias: true, initial: heNormal });
  return finishNetwork('ngram-bag', input, list.layers, output);
}
