import { heNormal, torchLinear } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';
import { convNorm, frozenBatchNorm } from './conv-norm';
import { inceptionBlock, type InceptionShape } from './inception-block';
import { embeddingDim, globalPool, linearEmbedding, maxShare } from './pooling-head';

const EPSILON = 1e-3;
const WIDTH = 64;

/** Szegedy et al., Table 1: filters of the 1x1 branch, of the two 3x3 branches behind their reductions, of the projection. */
const BLOCKS = {
  '3a': [64, [96, 128], [16, 32], 32],
  '3b': [128, [128, 192], [32, 96], 64],
  '4a': [192, [96, 208], [16, 48], 64],
  '4b': [160, [112, 224], [24, 64], 64],
  '4c': [128, [128, 256], [24, 64], 64],
  '4d': [112, [144, 288], [32, 64], 64],
  '4e': [256, [160, 320], [32, 128], 128],
  '5a': [256, [160, 320], [32, 128], 128],
  '5b': [384, [192, 384], [48, 128], 128],
} as const;
/** Side in pixels of the max pool behind a block. */
const POOLS: Readonly<Record<string, number>> = { '3b': 3, '4e': 2 };

export const googlenetOptions = {
  width: number({ default: WIDTH, atLeast: 1, integer: true, describe: 'filters of the first convolution; all others in proportion. Paper: 64' }),
  embeddingDim,
  maxShare,
  frozenBatchNorm,
};

export type GooglenetOptions = ResolvedOptions<typeof googlenetOptions>;

/**
 * GoogLeNet, `[n, h, w, c] -> [n, d]`, as torchvision has it: batch norm behind every convolution, 3x3 where the
 * paper has 5x5, no auxiliary classifiers; published with 224x224x3 and 1024 features, the layer `pool`.
 *
 * @see Szegedy et al., Going Deeper with Convolutions, CVPR 2015, Table 1, https://arxiv.org/abs/1409.4842
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/googlenet.py
 */
export function googlenet(options: GooglenetOptions, input: ImageSize): Network {
  const list = layerList();
  const scale = (filters: number): number => Math.max(1, Math.round((filters * options.width) / WIDTH));
  const parts = convNorm(list, { epsilon: EPSILON, bias: false, initial: heNormal, frozen: options.frozenBatchNorm });
  const block = inceptionBlock(list, parts, scale);
  const halve = (name: string, from: string, size: number): string =>
    list.append({ kind: 'maxPool', name, inputs: [from], size, stride: 2, rounding: 'up' });
  let x = halve('pool1', parts.rectified('conv1', IMAGES, { filters: scale(64), kernel: 7, stride: 2 }), 3);
  x = parts.rectified('conv2', x, { filters: scale(64), kernel: 1, stride: 1 });
  x = halve('pool2', parts.rectified('conv3', x, { filters: scale(192), kernel: 3, stride: 1 }), 3);
  for (const [name, [single, first, second, projection]] of Object.entries(BLOCKS)) {
    const shape: InceptionShape = { single, branches: [first, second], pool: 'max', projection, stride: 1 };
    x = block(`inception${name}`, x, shape);
    const size = POOLS[name];
    if (size !== undefined) x = halve(`inception${name}.halved`, x, size);
  }
  const pooled = globalPool(list, 'pool', x, options.maxShare);
  const output = linearEmbedding(list, 'embedding', pooled, { units: options.embeddingDim, bias: true, initial: torchLinear });
  return finishNetwork('googlenet', input, list.layers, output);
}
