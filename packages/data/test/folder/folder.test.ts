import { readdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { DataConfig } from '../../src/config';
import type { ImageSet } from '../../src/image-set';
import { loadData } from '../../src/load-data';
import { preparationOf } from '../../src/preparation';
import { freshRoot, workplace } from './fresh-root';
import { plain, plant, setFiles } from './made-images';

jest.setTimeout(60_000);

let root = '';
beforeEach(() => {
  root = freshRoot();
});
afterAll(() => {
  delete process.env['HYPERSPHERE_DATA'];
});

const config = { name: 'folder', train: 'casia', test: 'lfw', height: 8, width: 8, channels: 1 } satisfies DataConfig;
const small = { ...setFiles('casia', { a: 2, b: 3, c: 2, d: 2 }), ...setFiles('lfw', { x: 2, y: 2 }, 100) };

/** The first pixel of each image with the name of its class. */
const firsts = ({ images, labels, classNames }: ImageSet) => [...labels].map((label, at) => `${classNames?.[label]}:${images[at * 64]}`);

async function load(options: Partial<Extract<DataConfig, { name: 'folder' }>> = {}) {
  const lines: string[] = [];
  const data = await loadData({ ...config, ...options }, { log: (line) => lines.push(line) });
  return { ...data, log: lines.join('\n') };
}

describe('loadData of folders', () => {
  it('has a class for each folder, in the order of names, the last classes for validation', async () => {
    plant(root, small);
    const { train, validation, test, distractors, log } = await load();
    expect(firsts(train)).toEqual(['a:0', 'a:1', 'b:10', 'b:11', 'b:12']);
    expect(firsts(validation)).toEqual(['c:20', 'c:21', 'd:30', 'd:31']);
    expect(firsts(test)).toEqual(['x:100', 'x:101', 'y:110', 'y:111']);
    expect([train.classes, validation.classes, test.classes, distractors]).toEqual([2, 2, 2, undefined]);
    expect(train.images.every((value, at) => value === train.images[at - (at % 64)])).toBe(true);
    expect(log).toContain('13 images: 13 taken as they are, 0 centre-cropped, 0 scaled');
  });

  it('reads more images than one block, each where it belongs', async () => {
    plant(root, { ...setFiles('casia', { a: 9, b: 9, c: 9, d: 9, e: 9 }), ...setFiles('lfw', { x: 9, y: 9, z: 9 }, 100) });
    const { train, test } = await load();
    expect(firsts(train)).toEqual([0, 1, 2].flatMap((label) => Array.from({ length: 9 }, (_, at) => `${'abc'[label]}:${10 * label + at}`)));
    expect(firsts(test)).toEqual([0, 1, 2].flatMap((label) => Array.from({ length: 9 }, (_, at) => `${'xyz'[label]}:${100 + 10 * label + at}`)));
  });

  it('reads colour in three channels', async () => {
    plant(root, small);
    const { train } = await load({ channels: 3 });
    expect([train.channels, train.images.length, train.images[3 * 64 * 4]]).toEqual([3, 5 * 64 * 3, 12]);
  });

  it('packs once; changed folders are packed again, and what was packed before goes', async () => {
    plant(root, small);
    const first = await load();
    expect(await load()).toEqual({ ...first, log: '' });
    plant(root, { 'casia/a/2.png': plain(2) });
    const second = await load();
    expect(firsts(second.train)).toContain('a:2');
    expect(second.packedDigest).not.toBe(first.packedDigest);
    const time = new Date('2001-01-01T00:00:00Z');
    writeFileSync(join(root, 'casia/a/2.png'), plain(3));
    utimesSync(join(root, 'casia/a/2.png'), time, time);
    expect(firsts((await load()).train)).toContain('a:3');
    expect(readdirSync(join(process.env['HYPERSPHERE_CACHE'] ?? '', 'data/packed')).filter((name) => name.endsWith('.pack'))).toHaveLength(1);
  });

  it('has a digest of the images that says nothing about when and where they lie', async () => {
    plant(root, small);
    const { packedDigest } = await load();
    const time = new Date('2001-01-01T00:00:00Z');
    for (const path of Object.keys(small)) utimesSync(join(root, path), time, time);
    renameSync(root, join(workplace, 'moved'));
    process.env['HYPERSPHERE_DATA'] = join(workplace, 'moved');
    const again = await load();
    expect(again.log).toContain('preparing folder');
    expect(again.packedDigest).toBe(packedDigest);
  });

  it('crops images of another aspect and says so once', async () => {
    plant(root, { ...small, 'casia/a/0.png': plain(7, 'png', 16, 8), 'casia/a/1.png': plain(8, 'png', 16, 16), 'casia/b/0.png': plain(9, 'png', 8, 24) });
    const { train, log } = await load();
    expect(firsts(train).slice(0, 3)).toEqual(['a:7', 'a:8', 'b:9']);
    expect(log.match(/Are the images aligned\?/g)).toHaveLength(1);
    expect(log).toContain('"casia/a/0.png" is 8 pixels high and 16 wide: images whose aspect differs by more than 2 % from 8 to 8 are centre-cropped');
    expect(log).toContain('13 images: 10 taken as they are, 2 centre-cropped, 1 scaled');
  });

  it('takes long tails and closed-set noise', async () => {
    plant(root, small);
    const { train } = await load({ labelNoise: { share: 0.4, kind: 'closed' } });
    expect(train.noisy?.filter(Boolean)).toHaveLength(2);
  });

  it('treats strange names as what they are', async () => {
    const strange = ['__proto__', 'constructor', 'a\nb\u001b[31m', '$(touch pwned)', "'; drop", '각', 'http:__x', '%2e%2e', ' '];
    plant(root, { ...setFiles('casia', Object.fromEntries(strange.slice(1).map((name) => [name, 2]))), ...setFiles('lfw', { x: 2, y: 2 }, 100) });
    plant(root, { 'casia/__proto__/0.png': plain(1), 'casia/__proto__/1.PNG': plain(2), 'casia/constructor/-rf.JPeG': plain(3, 'jpeg') });
    const { train, validation } = await load();
    expect([...(train.classNames ?? []), ...(validation.classNames ?? [])]).toEqual([...strange].sort());
    writeFileSync(join(root, 'casia', 'a\nb\u001b[31m', '0.png'), 'broken');
    await expect(load()).rejects.toThrow('1 of 23 images cannot be decoded as JPEG, PNG or WebP of up to 100 megapixels: "casia/a\\u{a}b\\u{1b}[31m/0.png".');
  });

  it('passes over hidden entries, other files and deeper folders', async () => {
    plant(root, { ...small, 'casia/.hidden/0.png': 'x', 'casia/a/.0.png': 'x', 'casia/readme.txt': 'x', 'casia/a/deep/0.png': 'x', 'casia/a/notes.gif': 'x' });
    const { train, log } = await load();
    expect(firsts(train)).toHaveLength(5);
    expect(log).toContain('left out: 3 entries that are no JPEG, PNG or WebP image in the folder of a class');
  });
});

describe('folders that cannot be read', () => {
  const owners = 'Such sets are no part of this project: get them from their owners, under their licences';
  const expected = '"casia" and "lfw", in each one folder a class with JPEG, PNG or WebP images, aligned, 8 pixels high and 8 wide';

  it.each([
    ['not set', () => undefined, `data.folder: HYPERSPHERE_DATA is not set; set it to a folder that holds ${expected}. ${owners}`],
    ['empty', () => '', 'HYPERSPHERE_DATA is not set'],
    ['not there', () => join(root, 'none'), `data.folder: the folder that HYPERSPHERE_DATA names is not there or cannot be read; it must hold ${expected}. ${owners}`],
    ['a file', () => join(root, 'file'), 'is not there or cannot be read'],
    ['without the sets', () => root, `has no folder "lfw" (it has "LFW", "casia"); it must hold ${expected}. ${owners}`],
  ])('HYPERSPHERE_DATA is %s', async (_, value, message) => {
    plant(root, { file: 'x', 'casia/a/0.png': 'x', 'LFW/a/0.png': 'x' });
    const given = value();
    if (given === undefined) delete process.env['HYPERSPHERE_DATA'];
    else process.env['HYPERSPHERE_DATA'] = given;
    await expect(load()).rejects.toThrow(message);
    await expect(load()).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining(workplace) }));
    expect(await preparationOf(config)).toEqual({ ready: false, downloadBytes: 0, diskBytes: 0, problem: expect.stringContaining(message) });
  });

  it('says what preparation is left', async () => {
    plant(root, small);
    expect(await preparationOf(config)).toEqual({ ready: false, downloadBytes: 0, diskBytes: 13 * 64 });
    await load();
    expect(await preparationOf(config)).toEqual({ ready: true, downloadBytes: 0, diskBytes: 0 });
  });

  it('names up to ten images that cannot be decoded, counts all, and keeps nothing', async () => {
    plant(root, small);
    const bad = Array.from({ length: 12 }, (_, at) => `casia/b/bad ${String(at).padStart(2, '0')}.jpg`);
    plant(root, Object.fromEntries(bad.map((path) => [path, 'no image'])));
    const names = bad.slice(0, 10).map((path) => `"${path}"`).join(', ');
    await expect(load()).rejects.toThrow(`data.folder: 12 of 25 images cannot be decoded as JPEG, PNG or WebP of up to 100 megapixels: ${names}, 2 more. Replace or remove them, and try again`);
    expect(readdirSync(join(process.env['HYPERSPHERE_CACHE'] ?? '', 'data/packed')).filter((name) => /pack$|part$/.test(name))).toEqual([]);
    for (const path of bad) rmSync(join(root, path));
    expect((await load()).train.labels).toHaveLength(5);
  });

  it('refuses links out of the root or to nowhere, wherever they are', async () => {
    const outside = join(workplace, 'outside');
    plant(outside, { 'k/0.png': plain(1), 'k/1.png': plain(1) });
    plant(root, small);
    symlinkSync(join(outside, 'k'), join(root, 'casia/k'));
    symlinkSync(join(outside, 'k/0.png'), join(root, 'casia/a/k.png'));
    symlinkSync('nowhere', join(root, 'casia/a/n.png'));
    symlinkSync('loop', join(root, 'casia/loop'));
    await expect(load()).rejects.toThrow('symbolic links must stay in the folder that HYPERSPHERE_DATA names; 4 lead out of it or nowhere: "casia/a/k.png", "casia/a/n.png", "casia/k", "casia/loop".');
    rmSync(join(root, 'lfw'), { recursive: true });
    symlinkSync(outside, join(root, 'lfw'));
    for (const path of ['casia/k', 'casia/loop', 'casia/a/k.png', 'casia/a/n.png']) rmSync(join(root, path));
    await expect(load()).rejects.toThrow('1 lead out of it or nowhere: "lfw".');
  });

  it('follows links that stay inside, and a root that is a link', async () => {
    plant(root, { ...small, 'shared/0.png': plain(60), 'shared/1.png': plain(61) });
    symlinkSync('../shared', join(root, 'casia/a2'));
    symlinkSync(root, join(workplace, 'a link'));
    process.env['HYPERSPHERE_DATA'] = join(workplace, 'a link');
    expect(firsts((await load()).train)).toEqual(['a:0', 'a:1', 'a2:60', 'a2:61', 'b:10', 'b:11', 'b:12']);
  });
});
