import type { BackboneConfig, ImageSize } from '../src';

/** Every backbone, every kind of layer and every flag, at a size for tests. */
export const tinyNetworks: readonly { readonly title: string; readonly config: BackboneConfig; readonly input: ImageSize }[] = [
  {
    title: 'small-resnet',
    config: { name: 'small-resnet', width: 2, embeddingDim: 3 },
    input: { height: 12, width: 17, channels: 1 },
  },
  {
    title: 'small-resnet with all options',
    config: { name: 'small-resnet', width: 2, blocks: 2, embeddingDim: 6, stemStride: 1, head: 'mlp', exits: 3, embeddingNorm: true },
    input: { height: 9, width: 8, channels: 3 },
  },
  {
    title: 'sfnet',
    config: { name: 'sfnet', depth: 20, width: 2, embeddingDim: 4, lastRelu: true },
    input: { height: 18, width: 16, channels: 3 },
  },
  {
    title: 'iresnet',
    config: { name: 'iresnet', depth: 18, width: 2, embeddingDim: 4 },
    input: { height: 16, width: 20, channels: 1 },
  },
  {
    title: 'mnist-cnn',
    config: { name: 'mnist-cnn', width: 2, embeddingDim: 2 },
    input: { height: 15, width: 12, channels: 1 },
  },
];
