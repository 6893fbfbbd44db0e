import { describe, expect, it } from '@jest/globals';
import canvasPackage from '@napi-rs/canvas/package.json';
import { canonicalJson } from '../src/canonical-json';
import { type DataConfig, resolveDataConfig } from '../src/config';
import { dataSets } from '../src/data-sets';
import { manifest, manifestDigest, packedKey } from '../src/manifest';

describe('canonicalJson', () => {
  it('sorts keys at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 0], a: null })).toBe('{"a":null,"b":[{"c":2,"d":1},0]}');
  });
});

describe('manifest', () => {
  it('is plain JSON and has the integrity of each package and the version of the renderer', () => {
    const value = manifest({ name: 'hangul' });
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    expect(Object.keys(value.packages)).toHaveLength(23);
    expect(Object.values(value.packages).every((integrity) => /^sha512-.{88}$/.test(integrity))).toBe(true);
    expect(JSON.stringify(value.rule)).toContain(`@napi-rs/canvas ${canvasPackage.version}`);
  });

  it('names only the packages that a config uses', () => {
    expect(Object.keys(manifest({ name: 'hangul', trainTypefaces: 4 }).packages)).toHaveLength(11);
    expect(Object.keys(manifest({ name: 'typefaces', trainFamilies: 5, validationFamilies: 2, testFamilies: 3 }).packages)).toHaveLength(10);
  });

  const folder = { name: 'folder', train: 'casia-webface', test: 'lfw', height: 112, width: 96, channels: 3 } as const;
  const shortest = Object.keys(dataSets).map((name) => (name === 'folder' ? folder : { name }) as DataConfig);
  it.each(shortest)('$name: equal for equal configs, in any order of keys, with or without the defaults', (config) => {
    const digest = manifestDigest(config);
    const resolved = Object.fromEntries(Object.entries(resolveDataConfig(config)).reverse()) as DataConfig;
    expect(manifestDigest(resolved)).toBe(digest);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  const variants: DataConfig[] = [
    { name: 'hangul' }, { name: 'hangul', protocol: 'seen-typefaces' }, { name: 'hangul', trainClasses: 601 },
    { name: 'hangul', validationClasses: 399 }, { name: 'hangul', testClasses: 599 }, { name: 'hangul', distractorClasses: 0 },
    { name: 'hangul', splitSeed: 2 }, { name: 'hangul', trainTypefaces: 15 }, { name: 'hangul', longTail: { ratio: 10 } },
    { name: 'hangul', labelNoise: { share: 0.1, kind: 'closed' } }, { name: 'hangul', labelNoise: { share: 0.1, kind: 'closed', seed: 1 } },
    { name: 'typefaces' }, { name: 'typefaces', imagesPerFace: 31 }, { name: 'typefaces', identity: 'family' },
    { name: 'typefaces', facesPerFamily: 2 }, { name: 'mnist' }, { name: 'mnist', trainImages: 100 }, { name: 'cifar10' }, { name: 'posts' }, { name: 'posts', leastPosts: 6 }, { name: 'posts', validationShare: 0.2 }, { name: 'cifar10', trainImages: 5000 }, { name: 'cifar10', splitSeed: 2 }, { name: 'generated' }, { name: 'generated', seed: 1 },
    folder, { ...folder, train: 'ms1m' }, { ...folder, test: 'agedb' }, { ...folder, validation: 'cfp' }, { ...folder, width: 112 }, { ...folder, channels: 1 },
    { ...folder, minImagesPerClass: 3 }, { ...folder, excludeClasses: ['0000045'] },
  ];
  it('differs when any option differs', () => {
    expect(new Set(variants.map(manifestDigest)).size).toBe(variants.length);
  });

  it('of folders has names and sizes, no path, whatever the order of excluded classes', () => {
    process.env['HYPERSPHERE_DATA'] = '/somewhere/of/mine';
    expect(manifest({ ...folder, excludeClasses: ['b', 'a', 'b'] })).toEqual({ ...manifest({ ...folder, excludeClasses: ['a', 'b'] }), packages: {} });
    expect(JSON.stringify(manifest(folder))).not.toContain('somewhere');
    delete process.env['HYPERSPHERE_DATA'];
  });

  it('lets a sweep over closed-set noise and long tails share one packed file, and no other change', () => {
    const key = (config: DataConfig) => packedKey(resolveDataConfig(config));
    expect(key({ name: 'hangul', labelNoise: { share: 0.2, kind: 'closed' }, longTail: { ratio: 10 } })).toBe(key({ name: 'hangul' }));
    expect(key({ name: 'hangul', labelNoise: { share: 0.2, kind: 'open' }, trainClasses: 300 })).not.toBe(key({ name: 'hangul', trainClasses: 300 }));
    expect(key({ name: 'hangul', splitSeed: 2 })).not.toBe(key({ name: 'hangul' }));
  });
});
