import type { BackboneConfig, InputSize } from '../src';

/** Every backbone, every kind of layer and every flag, at a size for tests. */
export const tinyNetworks: readonly { readonly title: string; readonly config: BackboneConfig; readonly input: InputSize }[] = [
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
  {
    title: 'resnet with the stem for CIFAR and a projection',
    config: { name: 'resnet', depth: 18, stem: 'cifar', width: 2, embeddingDim: 3, head: 'mlp' },
    input: { height: 8, width: 9, channels: 3 },
  },
  {
    title: 'resnet with bottlenecks, pooled features and frozen statistics',
    config: { name: 'resnet', depth: 50, width: 1, maxShare: 0.4, frozenBatchNorm: 'statistics' },
    input: { height: 32, width: 37, channels: 1 },
  },
  {
    title: 'resnet with batch norm frozen altogether',
    config: { name: 'resnet', depth: 18, width: 2, embeddingDim: 3, maxShare: 1, frozenBatchNorm: 'all' },
    input: { height: 33, width: 32, channels: 3 },
  },
  {
    title: 'bn-inception',
    config: { name: 'bn-inception', width: 1, embeddingDim: 4 },
    input: { height: 32, width: 64, channels: 3 },
  },
  {
    title: 'bn-inception with three exits',
    config: { name: 'bn-inception', release: 'caffe', width: 1, embeddingDim: 6, exits: 3 },
    input: { height: 96, width: 96, channels: 1 },
  },
  {
    title: 'googlenet',
    config: { name: 'googlenet', width: 4, embeddingDim: 3 },
    input: { height: 34, width: 32, channels: 3 },
  },
  {
    title: 'ngram-bag',
    config: { name: 'ngram-bag', hidden: 5, embeddingDim: 3 },
    input: { features: 11 },
  },
  {
    title: 'text-cnn',
    config: { name: 'text-cnn', vocabulary: 7, tokenDim: 3, filters: 2, hidden: 5, embeddingDim: 4 },
    input: { tokens: 9 },
  },
];
