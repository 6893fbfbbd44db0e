import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { damagedFiles, fetchPackages, forgetPackage, isFetched } from '../../src/fetch/fetch-packages';
import { packageFolder } from '../../src/fetch/pinned-package';
import { type Entry, fakePack, pin, read, tarball } from './tarballs';

jest.setTimeout(60_000);

const root = temporaryFolder();
let run = 0;
beforeEach(() => {
  process.env['HYPERSPHERE_CACHE'] = join(root, String((run += 1)));
});

const honest: Entry[] = [
  { path: 'package/package.json', content: '{}' },
  { path: 'package/files/a.woff2', content: 'AAA' },
  { path: 'package/files/b.woff2', content: 'BBB' },
];
const bytes = tarball(honest);
const wanted = pin(bytes, ['files/a.woff2']);
const serving = (data: Uint8Array, name = wanted.name) => fakePack(new Map([[name, data]]));
const store = () => dirname(packageFolder(wanted));
/** Downloads and half-unpacked packages in the store. */
const leftovers = () => (existsSync(store()) ? readdirSync(store()).filter((name) => name.endsWith('.part') || name.endsWith('.tgz')) : []);

describe('fetchPackages', () => {
  it('unpacks the used files only, once, and leaves no tarball', async () => {
    const { pack, calls } = serving(bytes);
    await fetchPackages([wanted], { pack });
    await fetchPackages([wanted], { pack });
    expect(calls).toEqual([['@test/fonts@1.0.0']]);
    expect(read(packageFolder(wanted), 'files/a.woff2')).toBe('AAA');
    expect(readdirSync(join(packageFolder(wanted), 'files'))).toEqual(['a.woff2']);
    expect(leftovers()).toEqual([]);
  });

  it('refuses another tarball than the pinned one, unpacks nothing, and works at the second try', async () => {
    const tampered = tarball([...honest.slice(0, 1), { path: 'package/files/a.woff2', content: 'AAa' }]);
    await expect(fetchPackages([wanted], { pack: serving(tampered).pack })).rejects.toMatchObject({
      name: 'HypersphereError',
      exitCode: 1,
      message: expect.stringContaining(`@test/fonts@1.0.0 is not the pinned package: expected ${wanted.integrity}, got sha512-`),
    });
    expect([await isFetched(wanted), existsSync(packageFolder(wanted))]).toEqual([false, false]);
    expect(leftovers()).toEqual([]);
    await fetchPackages([wanted], { pack: serving(bytes).pack });
    expect(await isFetched(wanted)).toBe(true);
  });

  it('refuses a truncated tarball', async () => {
    await expect(fetchPackages([wanted], { pack: serving(bytes.subarray(0, bytes.length - 20)).pack })).rejects.toThrow('is not the pinned package');
  });

  it.each([
    ['package/../../../escaped', 'goes up'],
    ['/hypersphere-escaped', 'is absolute'],
    ['package/files/../../../escaped', 'goes up from within'],
    ['package/..\\..\\escaped', 'goes up on Windows'],
  ])('refuses an entry that leaves the folder: %s (%s)', async (path) => {
    const evil = tarball([{ path, content: 'evil' }, ...honest]);
    const pinnedEvil = pin(evil, ['files/a.woff2']);
    await expect(fetchPackages([pinnedEvil], { pack: serving(evil).pack })).rejects.toThrow(
      `@test/fonts@1.0.0 has an entry that leaves its folder (${path}); it was not unpacked`,
    );
    expect(existsSync(packageFolder(pinnedEvil))).toBe(false);
    expect([existsSync('/hypersphere-escaped'), existsSync(join(root, 'escaped')), existsSync(join(store(), 'escaped'))]).toEqual([false, false, false]);
  });

  it.each([['SymbolicLink', 'b.woff2'], ['Link', 'package/files/b.woff2']] as const)('never takes a %s for a file', async (type, linkpath) => {
    const linked = tarball([{ path: 'package/files/b.woff2', content: 'BBB' }, { path: 'package/files/a.woff2', type, linkpath }]);
    const both = pin(linked, ['files/b.woff2', 'files/a.woff2']);
    await expect(fetchPackages([both], { pack: serving(linked).pack })).rejects.toThrow('has no plain file files/a.woff2');
    expect(leftovers()).toEqual([]);
  });

  it('keeps what was fetched before an error, and goes on from there', async () => {
    const other = pin(bytes, ['files/b.woff2'], 'other');
    const half = fakePack(new Map([[wanted.name, bytes], ['other', tarball([])]]));
    await expect(fetchPackages([wanted, other], { pack: half.pack })).rejects.toThrow('other@1.0.0 is not the pinned package');
    expect(await isFetched(wanted)).toBe(true);
    const rest = serving(bytes, 'other');
    await fetchPackages([wanted, other], { pack: rest.pack });
    expect(rest.calls).toEqual([['other@1.0.0']]);
  });

  it('fetches more files of a package that is there with fewer', async () => {
    await fetchPackages([wanted], { pack: serving(bytes).pack });
    const more = pin(bytes, ['files/a.woff2', 'files/b.woff2']);
    expect(await isFetched(more)).toBe(false);
    await fetchPackages([more], { pack: serving(bytes).pack });
    expect(read(packageFolder(more), 'files/b.woff2')).toBe('BBB');
  });

  it('fetches once when asked twice at the same time', async () => {
    const { pack, calls } = serving(bytes);
    const lines: string[] = [];
    await Promise.all([1, 2, 3].map(() => fetchPackages([wanted], { pack, log: (line) => lines.push(line) })));
    expect(calls).toHaveLength(1);
    expect(lines).toContain('another process is fetching data: waiting for it');
  });

  it('says what to do when the cache cannot be written', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    process.env['HYPERSPHERE_CACHE'] = join(file, 'cache');
    await expect(fetchPackages([wanted], { pack: serving(bytes).pack })).rejects.toThrow(
      /^data: cannot write .*packages: a part of the path is a file, not a folder. Move it away, or set HYPERSPHERE_CACHE to another folder, and try again$/,
    );
  });

  it('takes a broken contents.json for nothing fetched', async () => {
    mkdirSync(packageFolder(wanted), { recursive: true });
    writeFileSync(join(packageFolder(wanted), 'contents.json'), '{"name":');
    expect(await isFetched(wanted)).toBe(false);
  });
});

describe('damagedFiles', () => {
  it('knows the files that a pattern stood for', async () => {
    const inner = tarball([...honest, { path: 'package/files/deep/c.woff2', content: 'CCC' }, { path: 'package/files/d.txt', content: 'D' }]);
    const all = pin(inner, ['files/*.woff2']);
    expect(await isFetched(all)).toBe(false);
    await fetchPackages([all], { pack: serving(inner).pack });
    expect([await isFetched(all), readdirSync(join(packageFolder(all), 'files'))]).toEqual([true, ['a.woff2', 'b.woff2']]);
    writeFileSync(join(packageFolder(all), 'files/b.woff2'), 'BBb');
    expect(await damagedFiles(all)).toEqual(['files/b.woff2']);
    const none = pin(inner, ['other/*.woff2'], '@test/none');
    await expect(fetchPackages([none], { pack: serving(inner, '@test/none').pack })).rejects.toThrow('has no plain file other/*.woff2');
  });

  it('names changed and missing files', async () => {
    const both = pin(bytes, ['files/a.woff2', 'files/b.woff2']);
    await fetchPackages([both], { pack: serving(bytes).pack });
    expect(await damagedFiles(both)).toEqual([]);
    writeFileSync(join(packageFolder(both), 'files/b.woff2'), 'BBb');
    expect(await damagedFiles(both)).toEqual(['files/b.woff2']);
    rmSync(join(packageFolder(both), 'files/a.woff2'));
    expect(await damagedFiles(both)).toEqual(['files/a.woff2', 'files/b.woff2']);
    await forgetPackage(both);
    expect(await isFetched(both)).toBe(false);
  });
});
