import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { openPlainFile, readPlainFile } from '../../src';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

describe('readPlainFile', () => {
  it('reads the bytes of a file, through a link too', () => {
    writeFileSync(at('file'), 'bytes');
    symlinkSync('file', at('link'));
    expect([readPlainFile(at('file'), 5), readPlainFile(at('link'), 9)].map(String)).toEqual(['bytes', 'bytes']);
    expect(readPlainFile(__filename, 1e6)).toEqual(readFileSync(__filename));
  });

  it('refuses a larger file before it takes memory', () => {
    writeFileSync(at('large'), '');
    truncateSync(at('large'), 2 ** 40); // no block of it is on the disk
    expect(() => readPlainFile(at('large'), 100)).toThrow('expected at most 100 bytes, got 1099511627776');
  });

  it.each([
    ['a folder', () => mkdirSync(at('a folder'))],
    ['a pipe', () => execFileSync('mkfifo', [at('a pipe')])],
    ['a device', () => symlinkSync('/dev/zero', at('a device'))],
    ['a socket', () => new Promise((listening) => createServer().listen(at('a socket'), () => listening(undefined)).unref())],
  ])('refuses %s, and waits for nothing', async (kind, make) => {
    await Promise.resolve(make());
    for (const read of [() => readPlainFile(at(kind), 100), () => openPlainFile(at(kind))]) expect(read).toThrow(`expected a plain file, got ${kind}`);
  });

  it('passes on what the file system says', () => {
    expect(() => readPlainFile(at('none'), 100)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});

describe('openPlainFile', () => {
  it('tells the size', () => {
    writeFileSync(at('sized'), 'four');
    const { file, size } = openPlainFile(at('sized'));
    closeSync(file);
    expect(size).toBe(4);
  });
});
