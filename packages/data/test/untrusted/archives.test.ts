import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import { isFetched } from '../../src/fetch/fetch-packages';
import { packageFolder } from '../../src/fetch/pinned-package';
import { contentsFile, unpack } from '../../src/fetch/unpack';
import { pin, tarball } from '../fetch/tarballs';
import { plant } from '../folder/made-images';

jest.setTimeout(900_000);

const root = temporaryFolder();
let out = '';
let runs = 0;
beforeEach(() => {
  out = join(root, String((runs += 1)), 'out');
  process.env['HYPERSPHERE_CACHE'] = join(root, String(runs), 'cache');
});

/** As if that very tarball had been pinned: the digest alone would stop all of them. */
async function unpacked(bytes: Buffer, files = ['files/a.txt', 'files/b.txt']): Promise<void> {
  writeFileSync(join(root, 'hostile.tgz'), bytes);
  await unpack(join(root, 'hostile.tgz'), pin(bytes, files), out);
}

const honest = tarball([{ path: 'package/files/a.txt', content: 'AAA' }, { path: 'package/files/b.txt', content: 'BBB' }]);

describe('hostile tarballs', () => {
  const survives = async (bytes: Buffer): Promise<boolean> => {
    try {
      await unpacked(bytes);
      return readdirSync(out, { recursive: true }).length === 4;
    } catch (error) {
      return error instanceof HypersphereError && isHarmless(error.message) && readdirSync(root).every((name) => /^\d+$|^hostile\.tgz$/.test(name));
    }
  };

  it('with changed bytes are unpacked or refused', async () => {
    await fc.assert(fc.asyncProperty(mutatedBytes(honest), survives), { numRuns: fuzzRuns(300), seed: 15 });
  });

  it('with changed entries are unpacked or refused', async () => {
    await fc.assert(fc.asyncProperty(mutatedBytes(gunzipSync(honest)).map((bytes) => gzipSync(bytes, { level: 1 })), survives), { numRuns: fuzzRuns(500), seed: 16 });
  });

  it('that unpack to a thousand times their size are refused before a byte is written', async () => {
    const bomb = tarball([{ path: 'package/files/a.txt', content: '\0'.repeat(2 ** 25) }, { path: 'package/files/b.txt', content: 'B' }]);
    await expect(unpacked(bomb)).rejects.toThrow(
      told(`data: @test/fonts@1.0.0 cannot be unpacked: expected at most 16777216 bytes unpacked from ${bomb.length}, got more; packages.json must pin a sound version`),
    );
    expect(readdirSync(out)).toEqual([]);
  });

  it('that are no archive are refused', async () => {
    await expect(unpacked(Buffer.from('no archive'))).rejects.toThrow('data: @test/fonts@1.0.0 cannot be unpacked: incorrect header check; packages.json must pin a sound version');
  });

  it('have their names escaped in messages', async () => {
    const evil = tarball([{ path: 'package/../\u001b[2J\u202e', content: 'x' }]);
    await expect(unpacked(evil)).rejects.toThrow('data: @test/fonts@1.0.0 has an entry that leaves its folder (package/../\\u{1b}[2J\\u{202e}); it was not unpacked');
  });
});

describe('hostile contents.json', () => {
  it('means that nothing is fetched, unless it is whole', async () => {
    const wanted = pin(honest, ['files/a.txt']);
    const contents = { name: wanted.name, version: '1.0.0', integrity: wanted.integrity, files: { 'files/a.txt': '00' } };
    const path = join(packageFolder(wanted), contentsFile);
    plant('/', { [path]: JSON.stringify(contents) });
    expect(await isFetched(wanted)).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutatedJson(contents), mutatedBytes(Buffer.from(JSON.stringify(contents))).map(String)), async (text) => {
        writeFileSync(path, text);
        return typeof (await isFetched(wanted)) === 'boolean';
      }),
      { numRuns: fuzzRuns(3000), seed: 17 },
    );
    expect(existsSync(path)).toBe(true);
  });
});
