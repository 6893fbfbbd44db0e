import { heNormalOut, torchLinear } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import type { LayerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { choice, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';
import { convNorm, frozenBatchNorm } from './conv-norm';
import { embeddingDim, globalPool, linearEmbedding, maxShare } from './pooling-head';

const EPSILON = 1e-5;
/** Blocks in each of the four stages: He et al., Table 1. */
const BLOCKS = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 6, 3], 101: [3, 4, 23, 3] } as const;
/** A bottleneck gives this many times the filters of its inner convolutions. */
const EXPANSION = 4;

export const resnetOptions = {
  depth: choice([18, 34, 50, 101], { describe: 'from 50 on with bottleneck blocks' }),
  stem: choice(['imagenet', 'cifar'], {
    default: 'imagenet',
    describe: 'imagenet: 7x7 convolution of stride 2 and max pool, as in torchvision; cifar: 3x3 convolution, no pool, as in SupCon',
  }),
  width: number({ default: 64, atLeast: 1, integer: true, describe: 'filters of the first stage; doubled in each of the next three. Paper: 64' }),
  embeddingDim,
  head: choice(['linear', 'mlp'], {
    default: 'linear',
    describe: 'what maps the pooled features to the embedding; mlp (linear, ReLU, linear) is the SupCon projection, to 128',
  }),
  maxShare,
  frozenBatchNorm,
};

export type ResnetOptions = ResolvedOptions<typeof resnetOptions>;

interface BlockShape {
  readonly filters: number;
  readonly stride: number;
  readonly bottleneck: boolean;
  /** Whether the shortcut needs a 1x1 convolution. */
  readonly changes: boolean;
}

/** Builder of residual blocks; the bottleneck has its stride in the 3x3 convolution. */
function blocks(list: LayerList, { normalised, rectified }: ReturnType<typeof convNorm>) {
  return (name: string, from: string, { filters, stride, bottleneck, changes }: BlockShape): string => {
    const part = (at: number): string => `${name}.conv${at}`;
    const last = bottleneck
      ? normalised(
          part(3),
          rectified(part(2), rectified(part(1), from, { filters, kernel: 1, stride: 1 }), { filters, kernel: 3, stride }),
          { filters: EXPANSION * filters, kernel: 1, stride: 1 },
        )
      : normalised(part(2), rectified(part(1), from, { filters, kernel: 3, stride }), { filters, kernel: 3, stride: 1 });
    const width = bottleneck ? EXPANSION * filters : filters;
    const shortcut = changes ? normalised(`${name}.shortcut`, from, { filters: width, kernel: 1, stride }) : from;
    const sum = list.append({ kind: 'add', name: `${name}.add`, inputs: [last, shortcut] });
    return list.append({ kind: 'relu', name: `${name}.relu`, inputs: [sum] });
  };
}

/**
 * Residual network, `[n, h, w, c] -> [n, d]`: 224x224x3 with the ImageNet stem, 32x32x3 with the one for CIFAR.
 * The features in front of the head are the layer `pool`. Biases of the head start at 0.
 *
 * @see He et al., Deep Residual Learning, CVPR 2016, Table 1, https://arxiv.org/abs/1512.03385
 * @see https://github.com/pytorch/vision/blob/main/torchvision/models/resnet.py
 * @see https://github.com/HobbitLong/SupContrast/blob/master/networks/resnet_big.py for the CIFAR stem and the projection
 */
export function resnet(options: ResnetOptions, input: ImageSize): Network {
  const { depth, width, stem } = options;
  const list = layerList();
  const parts = convNorm(list, { epsilon: EPSILON, bias: false, initial: heNormalOut, frozen: options.frozenBatchNorm });
  const block = blocks(list, parts);
  const bottleneck = depth >= 50;
  const large = stem === 'imagenet';
  let x = parts.rectified('stem.conv', IMAGES, { filters: width, ...(large ? { kernel: 7, stride: 2 } : { kernel: 3, stride: 1 }) });
  if (large) x = list.append({ kind: 'maxPool', name: 'stem.pool', inputs: [x], size: 3, stride: 2, padding: 1 });
  for (const [at, count] of BLOCKS[depth].entries()) {
    for (let index = 0; index < count; index++) {
      const stride = index === 0 && at > 0 ? 2 : 1;
      const changes = stride === 2 || (index === 0 && bottleneck);
      x = block(`stage${at + 1}.block${index + 1}`, x, { filters: width * 2 ** at, stride, bottleneck, changes });
    }
  }
  x = globalPool(list, 'pool', x, options.maxShare);
  const units = options.embeddingDim;
  if (options.head === 'mlp' && units > 0) {
    const hidden = width * 8 * (bottleneck ? EXPANSION : 1);
    x = list.append({ kind: 'dense', name: 'hidden', inputs: [x], units: hidden, bias: true, initial: torchLinear });
    x = list.append({ kind: 'relu', name: 'hidden.relu', inputs: [x] });
  }
  const output = linearEmbedding(list, 'embedding', x, { units, bias: true, initial: torchLinear });
  return finishNetwork(`resnet-${depth}`, input, list.layers, output);
}
