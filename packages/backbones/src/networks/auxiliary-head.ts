import type { LayerList } from '../layer-list';
import type { convNorm } from './conv-norm';
import { linearEmbedding, type LinearShape } from './pooling-head';

/** Of the batch norm behind the first linear map. */
const EPSILON = 1e-5;

/**
 * Embedding of an inner image, the auxiliary classifier of GoogLeNet without its classes: 5x5 average pool of
 * stride 3, 1x1 convolution to 128, linear map to 1024 without bias, batch norm, ReLU, linear embedding.
 *
 * @see Szegedy et al., Going Deeper with Convolutions, CVPR 2015, section 5, https://arxiv.org/abs/1409.4842
 */
export function auxiliaryHead(list: LayerList, { rectified }: ReturnType<typeof convNorm>, scale: (filters: number) => number) {
  return (name: string, from: string, shape: LinearShape): string => {
    const pool = list.append({ kind: 'averagePool', name: `${name}.pool`, inputs: [from], size: 5, stride: 3, rounding: 'up' });
    const conv = rectified(`${name}.conv`, pool, { filters: scale(128), kernel: 1, stride: 1 });
    const flat = list.append({ kind: 'flatten', name: `${name}.flatten`, inputs: [conv] });
    const { initial } = shape;
    const hidden = list.append({ kind: 'dense', name: `${name}.hidden`, inputs: [flat], units: scale(1024), bias: false, initial });
    const norm = list.append({ kind: 'batchNorm', name: `${name}.hidden.norm`, inputs: [hidden], epsilon: EPSILON, scale: true });
    const active = list.append({ kind: 'relu', name: `${name}.hidden.relu`, inputs: [norm] });
    return linearEmbedding(list, `${name}.embedding`, active, shape);
  };
}
