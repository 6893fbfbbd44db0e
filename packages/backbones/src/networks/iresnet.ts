import { mxnetXavier, torchLinear } from '../initial-value';
import type { InitialValue } from '../initial-value';
import { finishNetwork, layerList } from '../layer-list';
import { IMAGES } from '../network';
import type { ImageSize, Network } from '../network';
import { choice, number } from '../option-spec';
import type { ResolvedOptions } from '../option-spec';

/** Units in each of the four stages. */
const UNITS = { 18: [2, 2, 2, 2], 34: [3, 4, 6, 3], 50: [3, 4, 14, 3], 100: [3, 13, 30, 3] } as const;
const PRELU_INITIAL = 0.25;
/** What the two released implementations use. */
const RULES = {
  torch: { epsilon: 1e-5, conv: { kind: 'normal', std: 0.1 }, dense: torchLinear },
  mxnet: { epsilon: 2e-5, conv: mxnetXavier, dense: mxnetXavier },
} as const satisfies Record<string, { epsilon: number; conv: InitialValue; dense: InitialValue }>;

export const iresnetOptions = {
  depth: choice([18, 34, 50, 100], { describe: 'twice the number of units, plus 2' }),
  width: number({ default: 64, atLeast: 1, integer: true, describe: 'filters of stem and first stage; doubled in each of the next three. Paper: 64' }),
  embeddingDim: number({ default: 512, atLeast: 1, integer: true, describe: 'length d of the embedding. Paper: 512' }),
  dropout: number({ default: 0.4, atLeast: 0, below: 1, describe: 'share of values dropped in front of the embedding. Paper: 0.4' }),
  rules: choice(['torch', 'mxnet'], { default: 'torch', describe: 'released implementation whose initial values and epsilon are used' }),
};

export type IresnetOptions = ResolvedOptions<typeof iresnetOptions>;

/** Builders that share a list and a set of rules. */
function parts(rules: (typeof RULES)[keyof typeof RULES]) {
  const list = layerList();
  const norm = (name: string, from: string, scale = true): string =>
    list.append({ kind: 'batchNorm', name, inputs: [from], epsilon: rules.epsilon, scale });
  const prelu = (name: string, from: string): string =>
    list.append({ kind: 'prelu', name, inputs: [from], initial: PRELU_INITIAL });
  const conv = (name: string, from: string, shape: { filters: number; kernel: 1 | 3; stride: 1 | 2 }): string => {
    const padding = shape.kernel === 3 ? 1 : 0;
    return list.append({ kind: 'conv', name, inputs: [from], ...shape, padding, bias: false, initial: rules.conv });
  };
  /** BN - conv - BN - PReLU - conv (stride here) - BN, plus shortcut; nothing behind the sum. */
  const unit = (name: string, from: string, filters: number, stride: 1 | 2): string => {
    const first = conv(`${name}.conv1`, norm(`${name}.norm1`, from), { filters, kernel: 3, stride: 1 });
    const active = prelu(`${name}.prelu`, norm(`${name}.norm2`, first));
    const branch = norm(`${name}.norm3`, conv(`${name}.conv2`, active, { filters, kernel: 3, stride }));
    if (stride === 1) return list.append({ kind: 'add', name: `${name}.add`, inputs: [branch, from] });
    const projected = conv(`${name}.shortcut`, from, { filters, kernel: 1, stride });
    const shortcut = norm(`${name}.shortcut.norm`, projected);
    return list.append({ kind: 'add', name: `${name}.add`, inputs: [branch, shortcut] });
  };
  return { list, norm, prelu, conv, unit };
}

/**
 * Improved residual network of ArcFace ("LResNet-IR", output E), `[n, h, w, c] -> [n, d]`; the paper has 112x112x3
 * and d = 512. The last batch norm has its gamma fixed to 1. The bias of the linear map starts at 0; the batch norm
 * behind it takes it out in any case.
 *
 * @see Deng et al., ArcFace, CVPR 2019, section 3.1, https://arxiv.org/abs/1801.07698
 * @see https://github.com/deepinsight/insightface/blob/master/recognition/arcface_torch/backbones/iresnet.py
 */
export function iresnet(options: IresnetOptions, input: ImageSize): Network {
  const rules = RULES[options.rules];
  const { list, norm, prelu, conv, unit } = parts(rules);
  const stem = conv('stem.conv', IMAGES, { filters: options.width, kernel: 3, stride: 1 });
  let x = prelu('stem.prelu', norm('stem.norm', stem));
  for (const [at, units] of UNITS[options.depth].entries()) {
    for (let index = 1; index <= units; index++) {
      x = unit(`stage${at + 1}.unit${index}`, x, options.width * 2 ** at, index === 1 ? 2 : 1);
    }
  }
  x = list.append({ kind: 'flatten', name: 'flatten', inputs: [norm('features.norm', x)] });
  if (options.dropout > 0) x = list.append({ kind: 'dropout', name: 'dropout', inputs: [x], rate: options.dropout });
  const shape = { units: options.embeddingDim, bias: true, initial: rules.dense };
  const embedding = list.append({ kind: 'dense', name: 'embedding', inputs: [x], ...shape });
  return finishNetwork(`iresnet-${options.depth}`, input, list.layers, norm('embedding.norm', embedding, false));
}
