import type { ImageSize, Network } from './network';
import { bnInception, bnInceptionOptions } from './networks/bn-inception';
import { googlenet, googlenetOptions } from './networks/googlenet';
import { iresnet, iresnetOptions } from './networks/iresnet';
import { mnistCnn, mnistCnnOptions } from './networks/mnist-cnn';
import { resnet, resnetOptions } from './networks/resnet';
import { sfnet, sfnetOptions } from './networks/sfnet';
import { smallResnet, smallResnetOptions } from './networks/small-resnet';
import type { GivenOptions, OptionSpecs, ResolvedOptions } from './option-spec';
import { resolveOptions } from './resolve-options';

interface BackboneEntry<S extends OptionSpecs> {
  readonly title: string;
  readonly options: S;
  readonly build: (options: ResolvedOptions<S>, input: ImageSize) => Network;
}

const entry = <S extends OptionSpecs>(title: string, options: S, build: BackboneEntry<S>['build']): BackboneEntry<S> => ({
  title,
  options,
  build,
});

/** All backbones by name, with their options as plain data. */
export const backbones = {
  'small-resnet': entry('Small residual network', smallResnetOptions, smallResnet),
  sfnet: entry('SphereFace network', sfnetOptions, sfnet),
  iresnet: entry('Improved residual network of ArcFace', iresnetOptions, iresnet),
  resnet: entry('Residual network, for ImageNet or CIFAR', resnetOptions, resnet),
  'bn-inception': entry('Inception with batch norm', bnInceptionOptions, bnInception),
  googlenet: entry('GoogLeNet', googlenetOptions, googlenet),
  'mnist-cnn': entry('Small network for 2-D and 3-D pictures', mnistCnnOptions, mnistCnn),
};

export type BackboneName = keyof typeof backbones;

/** Name and options of a backbone, plain JSON. Options with a default may be left out. */
export type BackboneConfig = {
  [N in BackboneName]: { readonly name: N } & GivenOptions<(typeof backbones)[N]['options']>;
}[BackboneName];

/** The config with all defaults filled in, checked. */
export function resolveBackbone(config: BackboneConfig): BackboneConfig {
  const { name, ...given } = config;
  if (!Object.hasOwn(backbones, name)) {
    throw new RangeError(`unknown backbone '${String(name)}'; known: ${Object.keys(backbones).join(', ')}`);
  }
  return { name, ...resolveOptions(name, backbones[name].options, given) } as BackboneConfig;
}

/**
 * Builds the network that a config names, for images of one size. No tensor is made.
 *
 * @param input size of the images, all positive integers
 * @throws RangeError or TypeError for an unknown name or option, a value out of its bounds, or images too small
 */
export function buildBackbone(config: BackboneConfig, input: ImageSize): Network {
  const { name, ...options } = resolveBackbone(config);
  for (const [side, size] of Object.entries(input)) {
    if (Number.isInteger(size) && size > 0) continue;
    throw new RangeError(`${name}: input ${side} must be a positive integer, got ${String(size)}`);
  }
  // checked against the specs of this very name above
  const { build } = backbones[name] as unknown as BackboneEntry<OptionSpecs>;
  return build(options, input);
}
