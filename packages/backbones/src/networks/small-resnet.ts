import { heNormal, linearNormal } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import type { LayerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { choice, flag, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';
import { withExits } from '../with-exits';

const EPSILON = 1e-5;
/** Stride of the first block of each stage; its width is W times 1, 2, 4, 8. */
const STRIDES = [1, 2, 2, 2] as const;

export const smallResnetOptions = {
  width: number({ atLeast: 1, integer: true, describe: 'filters W of the first stage; the four stages have W, 2W, 4W, 8W' }),
  blocks: number({ default: 1, atLeast: 1, integer: true, describe: 'residual blocks in each stage; 2 makes a ResNet-18' }),
  embeddingDim: number({ atLeast: 0, integer: true, describe: 'length d of the embedding; 0 embeds by the pooled features themselves, without a layer' }),
  stemStride: choice([1, 2], { default: 2, describe: 'stride of the first convolution; 1 is the ResNet for CIFAR' }),
  head: choice(['linear', 'mlp'], {
    default: 'linear',
    describe: 'what maps the pooled features to the embedding; mlp (linear, ReLU, linear) is the SupCon projection',
  }),
  exits: choice([1, 3], {
    default: 1,
    describe: 'stages with an embedding of their own, the last ones; 3 puts side by side three of d / 3 each',
  }),
  embeddingNorm: flag({ default: false, describe: 'batch norm on the embedding with gamma fixed to 1, as in ArcFace' }),
};

export type SmallResnetOptions = ResolvedOptions<typeof smallResnetOptions>;

/** 3x3 (or 1x1) convolution without bias, then batch norm. */
function convNorm(list: LayerList, name: string, from: string, shape: { filters: number; kernel: 1 | 3; stride: number }): string {
  const padding = shape.kernel === 3 ? 1 : 0;
  const conv = list.append({ kind: 'conv', name, inputs: [from], ...shape, padding, bias: false, initial: heNormal });
  return list.append({ kind: 'batchNorm', name: `${name}.norm`, inputs: [conv], epsilon: EPSILON, scale: true });
}

/** Basic block: conv-BN-ReLU-conv-BN plus shortcut, then ReLU. The shortcut is 1x1 conv-BN where the shape changes. */
function block(list: LayerList, name: string, from: string, shape: { filters: number; stride: number; changes: boolean }): string {
  const { filters, stride, changes } = shape;
  const first = convNorm(list, `${name}.conv1`, from, { filters, kernel: 3, stride });
  const active = list.append({ kind: 'relu', name: `${name}.relu1`, inputs: [first] });
  const second = convNorm(list, `${name}.conv2`, active, { filters, kernel: 3, stride: 1 });
  const shortcut = changes ? convNorm(list, `${name}.shortcut`, from, { filters, kernel: 1, stride }) : from;
  const sum = list.append({ kind: 'add', name: `${name}.add`, inputs: [second, shortcut] });
  return list.append({ kind: 'relu', name: `${name}.relu2`, inputs: [sum] });
}

/** Pooled features of one stage, mapped to `units` values unless that is 0. The linear maps have a bias. */
function head(list: LayerList, prefix: string, from: string, shape: { filters: number; units: number; mlp: boolean }): string {
  const linear = { kind: 'dense', bias: true, initial: linearNormal } as const;
  let x = list.append({ kind: 'globalAveragePool', name: `${prefix}pool`, inputs: [from] });
  if (shape.units === 0) return x;
  if (shape.mlp) {
    x = list.append({ ...linear, name: `${prefix}hidden`, inputs: [x], units: shape.filters, initial: heNormal });
    x = list.append({ kind: 'relu', name: `${prefix}hidden.relu`, inputs: [x] });
  }
  return list.append({ ...linear, name: `${prefix}embedding`, inputs: [x], units: shape.units });
}

/**
 * Small residual network for images of about 28 to 64 pixels: 3x3 stem, four stages of basic blocks, global
 * average pool, linear embedding. Kernels start by He's rule.
 *
 * @see He et al., Deep Residual Learning, CVPR 2016, section 4.2, https://arxiv.org/abs/1512.03385
 */
export function smallResnet(options: SmallResnetOptions, input: ImageSize): Network {
  const { width, blocks, embeddingDim, exits } = options;
  if (embeddingDim % exits !== 0) {
    throw new RangeError(`small-resnet: embeddingDim must be a multiple of exits ${exits}, got ${embeddingDim}`);
  }
  const list = layerList();
  const stem = convNorm(list, 'stem.conv', IMAGES, { filters: width, kernel: 3, stride: options.stemStride });
  let x = list.append({ kind: 'relu', name: 'stem.relu', inputs: [stem] });
  const heads: string[] = [];
  for (const [at, stageStride] of STRIDES.entries()) {
    const filters = width * 2 ** at;
    for (let index = 0; index < blocks; index++) {
      const stride = index === 0 ? stageStride : 1;
      x = block(list, `stage${at + 1}.block${index + 1}`, x, { filters, stride, changes: stride !== 1 });
    }
    if (at < STRIDES.length - exits) continue;
    const prefix = exits === 1 ? '' : `exit${heads.length + 1}.`;
    heads.push(head(list, prefix, x, { filters, units: embeddingDim / exits, mlp: options.head === 'mlp' }));
  }
  let output = exits === 1 ? heads[0]! : list.append({ kind: 'concat', name: 'embedding', inputs: heads });
  if (options.embeddingNorm) {
    output = list.append({ kind: 'batchNorm', name: 'embedding.norm', inputs: [output], epsilon: EPSILON, scale: false });
  }
  return withExits(finishNetwork('small-resnet', input, list.layers, output), exits);
}
