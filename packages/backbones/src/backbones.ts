import { checkedInput, type InputKind, type InputOf } from './input-kind';
import type { InputSize, Network } from './network';
import { bnInception, bnInceptionOptions } from './networks/bn-inception';
import { googlenet, googlenetOptions } from './networks/googlenet';
import { iresnet, iresnetOptions } from './networks/iresnet';
import { mnistCnn, mnistCnnOptions } from './networks/mnist-cnn';
import { ngramBag, ngramBagOptions } from './networks/ngram-bag';
import { resnet, resnetOptions } from './networks/resnet';
import { sfnet, sfnetOptions } from './networks/sfnet';
import { smallResnet, smallResnetOptions } from './networks/small-resnet';
import { textCnn, textCnnOptions } from './networks/text-cnn';
import type { GivenOptions, OptionSpecs, ResolvedOptions } from './option-spec';
import { resolveOptions } from './resolve-options';
import { bnInceptionModules, googlenetModules, resnetModules } from './state-dict/module-names';
import type { ModuleOf } from './state-dict/module-names';
import { checkedWeights, type WeightsConfig } from './state-dict/weights-config';

interface BackboneEntry<S extends OptionSpecs, K extends InputKind = InputKind> {
  readonly title: string;
  readonly takes: K;
  readonly options: S;
  readonly build: (options: ResolvedOptions<S>, input: InputOf<K>) => Network;
  /** Names in the state dict of a published PyTorch definition, where there is one. */
  readonly modules?: (options: ResolvedOptions<S>) => ModuleOf;
}

/** An entry of `takes`, which gives the types of its own options. */
const taking =
  <K extends InputKind>(takes: K) =>
  <S extends OptionSpecs>(title: string, options: S, build: BackboneEntry<S, K>['build'], modules?: BackboneEntry<S>['modules']): BackboneEntry<S, K> => ({
    ...{ title, takes, options, build },
    ...(modules === undefined ? {} : { modules }),
  });

const entry = taking('image');

/** All backbones by name, with their options as plain data. */
export const backbones = {
  'small-resnet': entry('Small residual network', smallResnetOptions, smallResnet),
  sfnet: entry('SphereFace network', sfnetOptions, sfnet),
  iresnet: entry('Improved residual network of ArcFace', iresnetOptions, iresnet),
  resnet: entry('Residual network, for ImageNet or CIFAR', resnetOptions, resnet, resnetModules),
  'bn-inception': entry('Inception with batch norm', bnInceptionOptions, bnInception, bnInceptionModules),
  googlenet: entry('GoogLeNet', googlenetOptions, googlenet, googlenetModules),
  'mnist-cnn': entry('Small network for 2-D and 3-D pictures', mnistCnnOptions, mnistCnn),
  'ngram-bag': taking('features')('Bag of hashed n-grams of a text', ngramBagOptions, ngramBag),
  'text-cnn': taking('tokens')('Convolutions over the tokens of a text', textCnnOptions, textCnn),
};

export type BackboneName = keyof typeof backbones;

/** Name and options of a backbone, plain JSON. Options with a default may be left out. */
export type BackboneConfig = {
  [N in BackboneName]: { readonly name: N; readonly weights?: WeightsConfig } & GivenOptions<(typeof backbones)[N]['options']>;
}[BackboneName];

/** The config with all defaults filled in, checked. */
export function resolveBackbone(config: BackboneConfig): BackboneConfig {
  const { name, weights, ...given } = config;
  if (!Object.hasOwn(backbones, name)) {
    throw new RangeError(`unknown backbone '${String(name)}'; known: ${Object.keys(backbones).join(', ')}`);
  }
  const from = weights === undefined ? {} : { weights: checkedWeights(name, weights) };
  return { name, ...resolveOptions(name, backbones[name].options, given), ...from } as BackboneConfig;
}

function optionsOf(config: BackboneConfig): { name: BackboneName; options: Record<string, unknown> } {
  const resolved = Object.entries(resolveBackbone(config)).filter(([key]) => key !== 'name' && key !== 'weights');
  return { name: config.name, options: Object.fromEntries(resolved) };
}

/**
 * Builds the network that a config names, for images (vectors, rows of tokens) of one size. No tensor is made.
 *
 * @param input size of what enters, all positive integers
 * @throws RangeError or TypeError for an unknown name or option, a value out of its bounds, or images too small
 */
export function buildBackbone(config: BackboneConfig, input: InputSize): Network {
  const { name, options } = optionsOf(config);
  checkedInput(name, backbones[name].takes, input);
  // checked against the specs of this very name above
  const { build } = backbones[name] as unknown as BackboneEntry<OptionSpecs>;
  return build(options as ResolvedOptions<OptionSpecs>, input);
}

/**
 * Which module of a published PyTorch definition each layer of a backbone is, for `fromStateDict`.
 *
 * @throws RangeError if no definition is known for the backbone
 */
export function stateDictModules(config: BackboneConfig): ModuleOf {
  const { name, options } = optionsOf(config);
  const { modules } = backbones[name] as unknown as BackboneEntry<OptionSpecs>;
  if (modules !== undefined) return modules(options as ResolvedOptions<OptionSpecs>);
  const known = Object.entries(backbones).flatMap(([each, { modules: has }]) => (has === undefined ? [] : [each]));
  throw new RangeError(`${name}: no names of PyTorch weights are known; known for: ${known.join(', ')}`);
}
