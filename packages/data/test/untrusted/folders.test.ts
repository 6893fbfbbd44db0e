import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isHarmless } from '@hypersphere/testing/fuzz';
import { decodeBlock } from '../../src/folder/decode-block';
import { loadData } from '../../src/load-data';
import { resolveDataConfig, type DataConfig } from '../../src/config';
import { freshRoot } from '../folder/fresh-root';
import { plant, setFiles } from '../folder/made-images';

jest.setTimeout(60_000);

let root = '';
beforeEach(() => {
  root = freshRoot();
  plant(root, { ...setFiles('faces', { a: 2, b: 2, c: 2, d: 2 }), ...setFiles('other', { x: 2, y: 2 }, 100) });
});

async function load(options: Partial<Extract<DataConfig, { name: 'folder' }>> = {}) {
  const lines: string[] = [];
  const data = await loadData({ name: 'folder', train: 'faces', test: 'other', height: 8, width: 8, channels: 1, ...options }, { log: (line) => lines.push(line) });
  return { ...data, lines };
}

describe('hostile folders', () => {
  it('have pipes and devices passed over, and nothing waits for them', async () => {
    for (const path of ['faces/pipe.png', 'faces/a/pipe.png', 'other/x/pipe.png']) execFileSync('mkfifo', [join(root, path)]);
    const { train, lines } = await load();
    expect(train.labels).toHaveLength(4);
    expect(lines.join('\n')).toContain('left out: 2 entries that are no JPEG, PNG or WebP image in the folder of a class');
  });

  it('have links to devices refused', async () => {
    symlinkSync('/dev/zero', join(root, 'faces/a/zero.png'));
    await expect(load()).rejects.toThrow(
      'data.folder: symbolic links must stay in the folder that HYPERSPHERE_DATA names; 1 lead out of it or nowhere: "faces/a/zero.png". Put the files themselves there, or set HYPERSPHERE_DATA to a folder that holds them',
    );
  });

  it('have images of a terabyte refused, which are not read', async () => {
    truncateSync(join(root, 'faces/a/0.png'), 2 ** 40); // no block of it is on the disk
    await expect(load()).rejects.toThrow('data.folder: 1 of 12 images cannot be decoded as JPEG, PNG or WebP of up to 100 megapixels: "faces/a/0.png". Replace or remove them, and try again');
  });

  it('that change while they are read do not make the reader wait', async () => {
    rmSync(join(root, 'faces/a/0.png'));
    execFileSync('mkfifo', [join(root, 'faces/a/0.png')]);
    const outcomes = await decodeBlock({ root, images: [{ path: 'faces/a/0.png', size: 100, modified: 0 }], shape: { height: 8, width: 8, channels: 1 }, pixels: new Uint8Array(64) });
    expect(outcomes).toEqual([{ state: 'changed' }]);
  });

  it('have every line of the log and every message harmless, whatever the names are', async () => {
    const names = ['\u001b[2Jevil', '\u202egnp.exe', '|<script>alert(1)</script>', '`rm -rf ~`', '[a](javascript:b)', 'a\nb', '=cmd()', '%s%n', '&lt;', '\u00ad\ufeff'];
    plant(root, setFiles('faces', Object.fromEntries(names.map((name) => [name.replaceAll('/', ''), 2]))));
    const { lines, train, validation } = await load({ excludeClasses: ['\u001b[31mnone', names[0] ?? ''] });
    expect(lines.filter((line) => !isHarmless(line))).toEqual([]);
    expect([...(train.classNames ?? []), ...(validation.classNames ?? [])]).toHaveLength(13);
    writeFileSync(join(root, 'faces/\u202egnp.exe/0.png'), 'broken');
    await expect(load()).rejects.toThrow('"faces/\\u{202e}gnp.exe/0.png"');
  });

  it('have classes that differ only in case or accents kept apart, and named', async () => {
    plant(root, setFiles('faces', { 'Jos\u00e9': 2, 'Jose\u0301': 2, A: 2 }, 50));
    const { train, validation, lines } = await load();
    expect(train.classes + validation.classes).toBe(7);
    expect(lines).toContain('"faces": 4 classes have names that differ only in case or in how Unicode writes an accent: "A", "a", "Jose\u0301", "Jos\u00e9". Each is a class of its own');
  });

  it('have classes excluded, and found in the test, however Unicode writes their accents', async () => {
    plant(root, { ...setFiles('faces', { 'Jose\u0301': 2 }, 50), ...setFiles('other', { 'Jos\u00e9': 2 }, 60) });
    expect((await load()).lines.join('\n')).toContain('1 classes of training have the name of a class of the test: "Jose\u0301"');
    const { train, validation, lines } = await load({ excludeClasses: ['Jos\u00e9'] });
    expect([...(train.classNames ?? []), ...(validation.classNames ?? [])]).toEqual(['a', 'b', 'c', 'd']);
    expect(lines.join('\n')).not.toContain('are in no set');
  });
});

describe('hostile names of sets', () => {
  it.each(['../faces', '/etc', 'a/b', '..', '.', '.hidden', 'a\u0000', 'a\nb', '\u202ea', 'a|b', '', 'a\\b'])('%j is refused', (train) => {
    const resolve = () => resolveDataConfig({ name: 'folder', train, height: 8, width: 8, channels: 1 });
    expect(resolve).toThrow(/^data\.train: expected the name of one folder, without a path, got "/);
    expect(resolve).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/[^\P{C}]/u), exitCode: 2 }));
  });

  it('other options are refused harmlessly', () => {
    const config = { name: 'folder', train: 'a', height: 8, width: 8, channels: 1, '\u001b[2J': 1 } as unknown as DataConfig;
    expect(() => resolveDataConfig(config)).toThrow("data: unknown option '\\u{1b}[2J'");
  });
});

