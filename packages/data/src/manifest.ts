import { canonicalJson, digestOf } from './canonical-json';
import { type DataConfig, resolveDataConfig, type ResolvedDataConfig } from './config';
import { sourceOf } from './data-sets';

export interface Manifest {
  readonly format: 1;
  /** The resolved config. */
  readonly config: ResolvedDataConfig;
  /** name@version -> integrity of every package that is used. */
  readonly packages: Readonly<Record<string, string>>;
  /** Split rule, with digests of the classes it chose, and render parameters with the renderer's version. */
  readonly rule: Readonly<Record<string, unknown>>;
}

/**
 * All that the images and their split depend on, known without fetching anything.
 *
 * @param config plain JSON
 * @returns plain JSON
 * @throws HypersphereError if the config is wrong
 */
export function manifest(config: DataConfig): Manifest {
  const resolved = resolveDataConfig(config);
  const { packages, rule } = sourceOf(resolved.name);
  return {
    format: 1,
    config: resolved,
    packages: Object.fromEntries(packages(resolved).map(({ name, version, integrity }) => [`${name}@${version}`, integrity])),
    rule: rule(resolved),
  };
}

/** SHA-256, in hexadecimal, of the manifest as canonical JSON: enters the id of a run. */
export const manifestDigest = (config: DataConfig): string => digestOf(canonicalJson(manifest(config)));

/**
 * Digest of what the packed file depends on: the manifest without what is done after reading it (long tail, closed-set noise, episodes
 * of posts), so that a sweep over noise shares one file. Open-set noise needs outsiders, which are packed, and the rule counts them.
 */
export function packedKey(config: ResolvedDataConfig): string {
  const { packages, rule } = manifest(config);
  // undefined values leave no trace in JSON
  const doneLater = { longTail: undefined, labelNoise: undefined, episodeLength: undefined, supportedLength: undefined, features: undefined };
  return digestOf(canonicalJson({ format: 1, config: { ...config, ...doneLater }, packages, rule }));
}
