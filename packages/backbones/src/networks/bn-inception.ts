import { caffeXavier, heNormal, heNormalOut } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { choice, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';
import { withExits } from '../with-exits';
import { auxiliaryHead } from './auxiliary-head';
import { convNorm, frozenBatchNorm } from './conv-norm';
import { inceptionBlock, type InceptionShape } from './inception-block';
import { embeddingDim, globalPool, linearEmbedding, maxShare } from './pooling-head';

const EPSILON = 1e-5;
const WIDTH = 64;
const EXITS = 3;

/** Ioffe and Szegedy, appendix; the two releases differ in the projection of 4c and 4d, and in what feeds on it. */
function blocksOf(projection4cd: number): Readonly<Record<string, InceptionShape>> {
  const block = (single: number, branches: InceptionShape['branches'], projection: number, pool: InceptionShape['pool'] = 'average'): InceptionShape => ({
    ...{ single, branches, pool, projection, stride: 1 },
  });
  const halving = (branches: InceptionShape['branches']): InceptionShape => ({ single: 0, branches, pool: 'max', projection: 0, stride: 2 });
  return {
    '3a': block(64, [[64, 64], [64, 96, 96]], 32),
    '3b': block(64, [[64, 96], [64, 96, 96]], 64),
    '3c': halving([[128, 160], [64, 96, 96]]),
    '4a': block(224, [[64, 96], [96, 128, 128]], 128),
    '4b': block(192, [[96, 128], [96, 128, 128]], 128),
    '4c': block(160, [[128, 160], [128, 160, 160]], projection4cd),
    '4d': block(96, [[128, 192], [160, 192, 192]], projection4cd),
    '4e': halving([[128, 192], [192, 256, 256]]),
    '5a': block(352, [[192, 320], [160, 224, 224]], 128),
    '5b': block(352, [[192, 320], [192, 224, 224]], 128, 'max'),
  };
}

export const bnInceptionOptions = {
  release: choice(['pytorch', 'caffe'], {
    default: 'pytorch',
    describe: 'pytorch: convolutions with a bias, 4c and 4d project to 128; caffe: no bias, to 96 (Ranked List Loss)',
  }),
  width: number({ default: WIDTH, atLeast: 1, integer: true, describe: 'filters of the first convolution; all others in proportion. Paper: 64' }),
  embeddingDim,
  exits: choice([1, EXITS], {
    default: 1,
    describe: '3 embeds behind 3c, 4e and 5b, d / 3 each, side by side in the order 5b, 3c, 4e (Ranked List Loss)',
  }),
  maxShare,
  frozenBatchNorm,
};

export type BnInceptionOptions = ResolvedOptions<typeof bnInceptionOptions>;

/**
 * Inception with batch norm, `[n, h, w, c] -> [n, d]`; published with 224x224x3 and 1024 features, the layer `pool`.
 * The halving blocks put a convolution beside a pool, which agree on even sides only: multiples of 32 do.
 *
 * @see Ioffe and Szegedy, Batch Normalization, ICML 2015, Figure 5, https://arxiv.org/abs/1502.03167
 * @see https://github.com/Cadene/pretrained-models.pytorch/blob/master/pretrainedmodels/models/bninception.py
 * @see Wang et al., Ranked List Loss, CVPR 2019, section 4.2, for the exits, https://arxiv.org/abs/1903.03238
 */
export function bnInception(options: BnInceptionOptions, input: ImageSize): Network {
  const { release, width, exits, embeddingDim: units } = options;
  if (exits !== 1 && (units === 0 || units % exits !== 0)) {
    throw new RangeError(`bn-inception: embeddingDim must be a multiple of exits ${exits} above 0, got ${units}`);
  }
  const list = layerList();
  const scale = (filters: number): number => Math.max(1, Math.round((filters * width) / WIDTH));
  const torch = release === 'pytorch';
  const parts = convNorm(list, { epsilon: EPSILON, bias: torch, initial: torch ? heNormal : caffeXavier, frozen: options.frozenBatchNorm });
  const block = inceptionBlock(list, parts, scale);
  const halve = (name: string, from: string): string =>
    list.append({ kind: 'maxPool', name, inputs: [from], size: 3, stride: 2, rounding: 'up' });
  let x = halve('pool1', parts.rectified('conv1', IMAGES, { filters: scale(64), kernel: 7, stride: 2 }));
  x = parts.rectified('conv2.reduce', x, { filters: scale(64), kernel: 1, stride: 1 });
  x = halve('pool2', parts.rectified('conv2', x, { filters: scale(192), kernel: 3, stride: 1 }));
  for (const [name, shape] of Object.entries(blocksOf(torch ? 128 : 96))) x = block(`inception${name}`, x, shape);
  const linear = { bias: torch, initial: torch ? heNormalOut : caffeXavier };
  const pooled = globalPool(list, 'pool', x, options.maxShare);
  if (exits === 1) return finishNetwork('bn-inception', input, list.layers, linearEmbedding(list, 'embedding', pooled, { units, ...linear }));
  const share = { units: units / exits, ...linear };
  const head = auxiliaryHead(list, parts, scale);
  const heads = [
    linearEmbedding(list, 'exit3.embedding', pooled, share),
    head('exit1', 'inception3c', share),
    head('exit2', 'inception4e', share),
  ];
  const output = list.append({ kind: 'concat', name: 'embedding', inputs: heads });
  return withExits(finishNetwork('bn-inception', input, list.layers, output), exits);
}
