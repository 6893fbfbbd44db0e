import { describe, expect, it } from '@jest/globals';

import { backbones, buildBackbone, resolveBackbone } from '../src';
import type { BackboneConfig } from '../src';
import { tinyNetworks } from './tiny-networks';

const image = { height: 32, width: 32, channels: 1 };
const build = (config: unknown, input = image) => () => buildBackbone(config as BackboneConfig, input);

describe('buildBackbone', () => {
  it.each(tinyNetworks)('makes plain data: $title', ({ config, input }) => {
    const network = buildBackbone(config, input);
    expect(JSON.parse(JSON.stringify(network))).toEqual(network);
    expect(network.layers.at(-1)?.name).toBe(network.output);
  });

  it('has a network for every name of the registry in the tests', () => {
    expect(new Set(tinyNetworks.map(({ config }) => config.name))).toEqual(new Set(Object.keys(backbones)));
  });

  it.each([
    [{ name: 'vgg' }, RangeError, "unknown backbone 'vgg'; known: small-resnet, sfnet, iresnet, resnet, bn-inception, googlenet, mnist-cnn, ngram-bag, text-cnn"],
    [{ name: 'toString' }, RangeError, "unknown backbone 'toString'; known: small-resnet, sfnet, iresnet, resnet, bn-inception, googlenet, mnist-cnn, ngram-bag, text-cnn"],
    [{ name: 'mnist-cnn', depth: 3 }, RangeError, "mnist-cnn: unknown option 'depth'; known: width, embeddingDim, lastRelu"],
    [{ name: 'sfnet' }, RangeError, 'sfnet: depth is required: number of convolutions'],
    [{ name: 'sfnet', depth: 5 }, RangeError, 'sfnet: depth must be one of 4, 10, 20, 36, 64, got 5'],
    [{ name: 'sfnet', depth: 4, width: 0 }, RangeError, 'sfnet: width must be an integer at least 1, got 0'],
    [{ name: 'sfnet', depth: 4, width: 1.5 }, RangeError, 'sfnet: width must be an integer at least 1, got 1.5'],
    [{ name: 'iresnet', depth: 18, dropout: 1 }, RangeError, 'iresnet: dropout must be a number at least 0 and below 1, got 1'],
    [{ name: 'iresnet', depth: 18, width: '64' }, TypeError, 'iresnet: width must be a number, got "64"'],
    [{ name: 'mnist-cnn', lastRelu: 1 }, TypeError, 'mnist-cnn: lastRelu must be true or false, got 1'],
  ])('refuses %j', (config, kind, message) => {
    expect(build(config)).toThrow(message);
    expect(build(config)).toThrow(kind);
  });

  it('refuses an input of another kind', () => {
    expect(build({ name: 'text-cnn' })).toThrow(new RangeError('text-cnn: takes an input with tokens; got height, width, channels'));
    expect(() => buildBackbone({ name: 'mnist-cnn' }, { features: 3 })).toThrow(new RangeError('mnist-cnn: takes an input with height, width, channels; got features'));
  });

  it.each([
    [{ file: '/home/me/a.safetensors', sha256: 'a'.repeat(64) }, 'mnist-cnn: weights.file must be a file\'s name without folders, got "/home/me/a.safetensors"'],
    [{ file: 'a.safetensors', sha256: 'A' }, 'mnist-cnn: weights.sha256 must be 64 hex digits, got "A"'],
    [{ file: 'a.safetensors', sha256: 'a'.repeat(64), path: '/' }, "mnist-cnn: weights has no 'path'; known: file, sha256"],
  ])('refuses weights %j', (weights, message) => {
    expect(() => resolveBackbone({ name: 'mnist-cnn', weights })).toThrow(new RangeError(message));
  });

  it('keeps the name and digest of weights, and says nothing where there are none', () => {
    const weights = { file: 'a.safetensors', sha256: 'a'.repeat(64) };
    expect(resolveBackbone({ name: 'mnist-cnn', weights })).toMatchObject({ weights });
    expect(resolveBackbone({ name: 'mnist-cnn' })).not.toHaveProperty('weights');
  });

  it('refuses images without pixels', () => {
    expect(build({ name: 'mnist-cnn' }, { height: 28, width: 0, channels: 1 })).toThrow(
      new RangeError('mnist-cnn: input width must be a positive integer, got 0'),
    );
  });
});

describe('resolveBackbone', () => {
  it('fills in the defaults, and keeps what is given', () => {
    expect(resolveBackbone({ name: 'small-resnet', width: 8, embeddingDim: 64, head: 'mlp' })).toEqual({
      ...{ name: 'small-resnet', width: 8, blocks: 1, embeddingDim: 64 },
      ...{ stemStride: 2, head: 'mlp', exits: 1, embeddingNorm: false },
    });
    const resolved = resolveBackbone({ name: 'iresnet', depth: 50 });
    expect(resolved).toEqual({ name: 'iresnet', depth: 50, width: 64, embeddingDim: 512, dropout: 0.4, rules: 'torch' });
    expect(resolveBackbone(resolved)).toEqual(resolved);
  });

  it('is typed by the registry', () => {
    // @ts-expect-error depth must be given
    const missing: BackboneConfig = { name: 'sfnet' };
    // @ts-expect-error no such depth
    const depth: BackboneConfig = { name: 'sfnet', depth: 5 };
    // @ts-expect-error an option of another backbone
    const foreign: BackboneConfig = { name: 'mnist-cnn', depth: 18 };
    expect([missing, depth, foreign].map(({ name }) => name)).toEqual(['sfnet', 'sfnet', 'mnist-cnn']);
  });
});
