import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';

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
      'half.whl: has no libtensorflow_framework.so.2',
    );
  });
});
