import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { type ConfigOf, type DataConfig, resolveDataConfig } from '../../src/config';
import { packageFolder } from '../../src/fetch/pinned-package';
import type { MadeSets } from '../../src/data-source';
import type { ImageSet } from '../../src/image-set';
import { packedDigestOf } from '../../src/packed/packed-file';
import { familySplit, fileOf, latinPackage } from '../../src/typefaces/families';
import { makeTypefaces } from '../../src/typefaces/make';

const options = { name: 'typefaces', trainFamilies: 5, validationFamilies: 2, testFamilies: 2, facesPerFamily: 2, imagesPerFace: 20 } satisfies DataConfig;
const resolve = (config: DataConfig) => resolveDataConfig(config) as ConfigOf<'typefaces'>;

jest.setTimeout(60_000);
const cache = temporaryFolder();
let made: MadeSets;

/** One installed font stands in for all: each face gets another weight of it. */
beforeAll(async () => {
  process.env['HYPERSPHERE_CACHE'] = cache;
  const fonts = join(dirname(require.resolve('@fontsource/source-sans-3/package.json')), 'files');
  const faces = Object.values(familySplit(resolve(options))).flatMap((families) => families.flatMap((family) => family.faces.map((face) => ({ family, face }))));
  faces.forEach(({ family, face }, at) => {
    const path = join(packageFolder(latinPackage(family)), fileOf(family, face));
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(fonts, `source-sans-3-latin-${200 + 100 * (at % 8)}-${at < 8 ? 'normal' : 'italic'}.woff2`), path);
  });
  made = await makeTypefaces(resolve(options));
});

const imageAt = ({ images }: ImageSet, at: number) => images.subarray(at * 3072, (at + 1) * 3072);
const mean = (image: Uint8Array) => image.reduce((sum, value) => sum + value, 0) / image.length;

describe('makeTypefaces', () => {
  it('has so many images of each face, families as groups', () => {
    const { train, validation, test } = made;
    const faces = familySplit(resolve(options)).train.flatMap((family, at) => family.faces.map(() => at));
    expect([train.height, train.width, train.channels, train.classes]).toEqual([32, 96, 1, faces.length]);
    expect(train.labels).toEqual(Int32Array.from({ length: faces.length * 20 }, (_, at) => Math.floor(at / 20)));
    expect(train.groups).toEqual(train.labels.map((face) => faces[face] ?? -1));
    expect([validation.labels.length % 20, test.labels.length % 20]).toEqual([0, 0]);
    expect(train.images).toHaveLength(train.labels.length * 3072);
  });

  it('draws different words on a dark ground, and about a fifth inverted', () => {
    const { train } = made;
    const count = train.labels.length;
    expect(new Set(Array.from({ length: count }, (_, at) => Buffer.from(imageAt(train, at)).toString('base64'))).size).toBe(count);
    const inverted = Array.from({ length: count }, (_, at) => mean(imageAt(train, at))).filter((value) => value > 127).length;
    expect(inverted / count).toBeGreaterThan(0.1);
    expect(inverted / count).toBeLessThan(0.3);
  });

  it('repeats to the byte, and a face looks the same whatever else is asked for', async () => {
    expect(packedDigestOf('', await makeTypefaces(resolve(options)))).toBe(packedDigestOf('', made));
    const fewer = await makeTypefaces(resolve({ ...options, trainFamilies: 2, imagesPerFace: 7 }));
    expect(Buffer.from(imageAt(fewer.train, 6)).equals(imageAt(made.train, 6))).toBe(true);
  });

  it('swaps classes and groups when families are the identities', async () => {
    const [face, family] = [made, await makeTypefaces(resolve({ ...options, identity: 'family' }))];
    expect(family.train.labels).toEqual(face.train.groups);
    expect(family.train.groups).toEqual(face.train.labels);
    expect([family.train.classes, family.train.classNames]).toEqual([5, face.train.groupNames]);
  });
});
