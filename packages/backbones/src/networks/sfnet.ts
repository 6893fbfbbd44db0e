import { caffeXavier } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import type { LayerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { choice, flag, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';

/** Residual units in each of the four stages: SphereFace, Table 2. */
const UNITS = {
  4: [0, 0, 0, 0],
  10: [0, 1, 2, 0],
  20: [1, 2, 4, 1],
  36: [2, 4, 8, 2],
  64: [3, 8, 16, 3],
} as const;
/** The published definition of SphereFace-64 has one unit less, so 62 convolutions. */
const RELEASED_64 = [3, 7, 16, 3] as const;
const PRELU_INITIAL = 0.25;
const RESIDUAL_STD = 0.01;

export const sfnetOptions = {
  depth: choice([4, 10, 20, 36, 64], { describe: 'number of convolutions' }),
  released: flag({ default: false, describe: 'depth 64 as in the released definition, with 62 convolutions' }),
  width: number({ default: 64, atLeast: 1, integer: true, describe: 'filters of the first stage; doubled in each of the next three. Paper: 64' }),
  embeddingDim: number({ default: 512, atLeast: 1, integer: true, describe: 'length d of the embedding. Paper: 512' }),
  lastRelu: flag({ default: false, describe: 'ReLU on the embedding, which the paper removes (Figure 8, Table 6)' }),
};

export type SfnetOptions = ResolvedOptions<typeof sfnetOptions>;

/** Residual unit `x + PReLU(conv(PReLU(conv(x))))`: no bias, and nothing behind the sum. */
function unit(list: LayerList, name: string, from: string, filters: number): string {
  let x = from;
  for (const index of [1, 2]) {
    x = list.append({
      kind: 'conv',
      name: `${name}.conv${index}`,
      inputs: [x],
      ...{ filters, kernel: 3, stride: 1, padding: 1, bias: false },
      initial: { kind: 'normal', std: RESIDUAL_STD },
    });
    x = list.append({ kind: 'prelu', name: `${name}.prelu${index}`, inputs: [x], initial: PRELU_INITIAL });
  }
  return list.append({ kind: 'add', name: `${name}.add`, inputs: [from, x] });
}

/** Stride-2 convolution with a bias that learns twice as fast, then PReLU. */
function downsample(list: LayerList, name: string, from: string, filters: number): string {
  const conv = list.append({
    kind: 'conv',
    name: `${name}.conv`,
    inputs: [from],
    ...{ filters, kernel: 3, stride: 2, padding: 1, bias: true, biasRate: 2 },
    initial: caffeXavier,
  });
  return list.append({ kind: 'prelu', name: `${name}.prelu`, inputs: [conv], initial: PRELU_INITIAL });
}

/**
 * SphereFace network, `[n, h, w, c] -> [n, d]`; the paper has 112x96x3 and d = 512. No batch norm, no dropout, no
 * pooling: the linear map at the end takes the whole last image, so its size follows the input.
 *
 * @see Liu et al., SphereFace, CVPR 2017, Table 2, https://arxiv.org/abs/1704.08063
 * @see https://github.com/wy1iu/sphereface for initial values, bias rates and the released 64
 */
export function sfnet(options: SfnetOptions, input: ImageSize): Network {
  if (options.released && options.depth !== 64) {
    throw new RangeError(`sfnet: released is about depth 64 only, got depth ${options.depth}`);
  }
  const list = layerList();
  let x = IMAGES;
  for (const [at, units] of (options.released ? RELEASED_64 : UNITS[options.depth]).entries()) {
    const filters = options.width * 2 ** at;
    x = downsample(list, `stage${at + 1}`, x, filters);
    for (let index = 1; index <= units; index++) x = unit(list, `stage${at + 1}.unit${index}`, x, filters);
  }
  const flat = list.append({ kind: 'flatten', name: 'flatten', inputs: [x] });
  let output = list.append({
    kind: 'dense',
    name: 'embedding',
    inputs: [flat],
    ...{ units: options.embeddingDim, bias: true, biasRate: 2 },
    initial: caffeXavier,
  });
  if (options.lastRelu) output = list.append({ kind: 'relu', name: 'embedding.relu', inputs: [output] });
  return finishNetwork(`sfnet-${options.depth}`, input, list.layers, output);
}
