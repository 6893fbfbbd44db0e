import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { runProgram } from '../../src/commands/program';
import { dataSets } from '../../src/data-sets';
import { packageFolder } from '../../src/fetch/pinned-package';

jest.setTimeout(60_000);

const root = temporaryFolder();
let runs = 0;
beforeEach(() => {
  process.env['HYPERSPHERE_CACHE'] = join(root, String((runs += 1)));
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: string[][] = [[], []];
  const code = await runProgram(args, { print: (line) => out?.push(line), complain: (line) => err?.push(line) });
  return { code, out: (out ?? []).join('\n'), err: (err ?? []).join('\n') };
}

/** One typeface as if fetched, its bytes other than its checksum says. */
function plantDamaged(): void {
  const [one] = dataSets.hangul.packages();
  if (one === undefined) throw new Error('hangul has no package');
  const file = join(packageFolder(one), one.files[0] ?? '');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'damaged');
  writeFileSync(join(packageFolder(one), 'contents.json'), JSON.stringify({ ...one, files: { [one.files[0] ?? '']: 'another checksum' } }));
}

describe('data list', () => {
  it('shows name, state, size, licence and source of each data set', async () => {
    const { code, out } = await run('list');
    expect(code).toBe(0);
    expect(out).toMatch(/^hangul +not fetched +12\d MB +[\d.]+ MB +OFL-1\.1 +23 @fontsource packages/m);
    expect(out).toMatch(/^generated +in memory +- +- +none needed/m);
    expect(out).toMatch(/^folder +supplied by you +- +- +the licences of their owners +folders below/m);
    plantDamaged();
    expect((await run('list')).out).toMatch(/^hangul +1 of 23 packages/m);
  });
});

describe('data verify', () => {
  it('is content with an empty cache', async () => {
    expect(await run('verify', 'mnist')).toEqual({ code: 0, out: 'mnist: 0 of 1 packages fetched, all checksums match', err: '' });
  });

  it('has no packages to count for supplied data', async () => {
    expect(await run('verify', 'folder')).toEqual({ code: 0, out: 'folder: supplied by you, all checksums match', err: '' });
  });

  it('names damaged files, says what to do and fails', async () => {
    plantDamaged();
    const { code, out } = await run('verify', 'hangul');
    expect(code).toBe(1);
    expect(out).toContain('hangul: damaged: @fontsource/jua@5.3.0 files/jua-korean-400-normal.woff2');
    expect(out).toContain("'npx nx run data:prepare' fetches damaged packages again");
  });

  it('names damaged packed files', async () => {
    const path = join(process.env['HYPERSPHERE_CACHE'] ?? '', 'data/packed/mnist-0123.pack');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'HYPRPACK and then nothing sensible at all, for a long while');
    expect(await run('verify', 'mnist')).toMatchObject({ code: 1, out: expect.stringContaining('mnist: damaged: mnist-0123.pack') });
  });
});

describe('data prepare', () => {
  it('has nothing to do for generated images', async () => {
    expect(await run('prepare', 'generated')).toEqual({ code: 0, out: 'generated: made in memory, nothing to fetch', err: '' });
  });

  it('explains what the user must supply, and shows what is there', async () => {
    delete process.env['HYPERSPHERE_DATA'];
    const { code, out } = await run('prepare', 'folder');
    expect(code).toBe(0);
    expect(out).toMatch(/^folder: supplied by you, nothing to fetch\. .*get them from their owners, under their licences$/m);
    expect(out).toMatch(/^folder: HYPERSPHERE_DATA is not set$/m);
    process.env['HYPERSPHERE_DATA'] = join(root, 'mine');
    mkdirSync(join(root, 'mine', 'lfw\u001b[2J'), { recursive: true });
    expect((await run('prepare', 'folder')).out).toMatch(/^folder: there now: "lfw\\u\{1b\}\[2J"$/m);
    delete process.env['HYPERSPHERE_DATA'];
  });
});

describe('wrong usage', () => {
  it.each([
    [['prepare', 'hangle'], "unknown data set 'hangle'; did you mean 'hangul'? Known: hangul, typefaces, mnist, cifar10, posts, generated, folder"],
    [['fetch'], "error: unknown command 'fetch'"],
    [['list', '--fast'], "error: unknown option '--fast'"],
    [[], 'Usage: data [options] [command]'],
  ])('%j ends with 2 and says what is known', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it('-h ends with 0', async () => {
    const { code, out } = await run('prepare', '-h');
    expect(code).toBe(0);
    expect(out).toContain('Usage: data prepare [options] [names...]');
  });
});
