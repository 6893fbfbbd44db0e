import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { HypersphereError } from '../../src';
import { unpackWheel } from '../../src/provision/unpack-wheel';
import { zip } from './zip';

const folder = temporaryFolder();
const libraries = { 'tensorflow/libtensorflow_cc.so.2': 'cc', 'tensorflow/libtensorflow_framework.so.2': 'framework' };

async function unpacked(name: string, files: Record<string, string>): Promise<string> {
  const wheel = join(folder, `${name}.whl`);
  writeFileSync(wheel, zip(files));
  await unpackWheel(wheel, join(folder, name, 'out'));
  return join(folder, name, 'out');
}

describe('unpackWheel', () => {
  it('takes the libraries and the headers, nothing else', async () => {
    const out = await unpacked('good', {
      ...libraries,
      'tensorflow/include/tensorflow/c/eager/c_api.h': 'header',
      'tensorflow/include/xla/tsl/platform.h': 'header',
      'tensorflow/include/tensorflow/c/c_api.cc': 'source',
      'tensorflow/include/google/protobuf.h': 'other header',
      'tensorflow/lib/libtensorflow_cc.so.2': 'in another folder',
      'other/libtensorflow_cc.so.2': 'other package',
    });
    expect(readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).sort()).toEqual([
      'c_api.h',
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
      'platform.h',
    ]);
    expect(readFileSync(join(out, 'libtensorflow_cc.so.2'), 'utf8')).toBe('cc');
  });

  it.each(['tensorflow/include/tsl/../../../../evil.h', '/tmp/evil.h', 'tensorflow/include/tsl/..\\..\\evil.h'])('refuses the entry %s', async (entry) => {
    await expect(unpacked('evil', { ...libraries, [entry]: 'evil' })).rejects.toThrow(/relative path|absolute path|invalid characters/);
    expect(existsSync(join(folder, 'evil.h'))).toBe(false);
  });

  it('names the library that is not there', async () => {
    await expect(unpacked('half', { 'tensorflow/libtensorflow_cc.so.2': '' })).rejects.toThrow(
      'half.whl cannot be unpacked: it has no libtensorflow_framework.so.2; run the command again, which fetches it anew',
    );
  });

  it('unpacks hostile wheels or refuses them', async () => {
    const wheel = join(folder, 'hostile.whl');
    const [valid, out] = [zip({ ...libraries, 'tensorflow/include/tensorflow/c/c_api.h': 'header' }), join(folder, 'hostile')];
    mkdirSync(out);
    await fc.assert(
      fc.asyncProperty(mutatedBytes(valid), async (bytes) => {
        writeFileSync(wheel, bytes);
        try {
          await unpackWheel(wheel, out);
        } catch (error) {
          if (!(error instanceof HypersphereError) || !isHarmless(error.message)) throw error;
        }
        return readdirSync(out).every((name) => /^libtensorflow_(cc|framework)\.so\.2$|^include$/.test(name));
      }),
      { numRuns: fuzzRuns(1000), seed: 35 },
    );
  }, 600_000);

  it('refuses a wheel whose entries claim more than any TensorFlow has', async () => {
    const bytes = zip(libraries);
    const entry = bytes.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(0xffff_fff0, entry + 20);
    bytes.writeUInt32LE(0xffff_fff0, entry + 24);
    writeFileSync(join(folder, 'bomb.whl'), bytes);
    await expect(unpackWheel(join(folder, 'bomb.whl'), join(folder, 'bomb'))).rejects.toThrow(
      told('bomb.whl cannot be unpacked: expected at most 2000000000 bytes, its entries claim 4294967280; run the command again, which fetches it anew'),
    );
    expect(existsSync(join(folder, 'bomb', 'libtensorflow_cc.so.2'))).toBe(false);
  });
});
