import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '../..');
const root = temporaryFolder();

/** A project with the repository's own .npmrc, and one dependency whose script leaves a mark. */
function install(name: string, ...more: readonly string[]): boolean {
  const folder = join(root, name);
  mkdirSync(folder);
  const [evil, project, mark] = ['evil', 'project', 'mark'].map((one) => join(folder, one)) as [string, string, string];
  mkdirSync(evil);
  mkdirSync(project);
  const script = `node -e "require('node:fs').writeFileSync('${mark}', '')"`;
  writeFileSync(join(evil, 'package.json'), JSON.stringify({ name: 'evil', version: '1.0.0', scripts: { preinstall: script, install: script, postinstall: script } }));
  const npm = (...args: readonly string[]) => execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, npm_config_ignore_scripts: undefined } });
  npm('pack', evil, '--ignore-scripts', '--pack-destination', folder);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'project', version: '1.0.0', dependencies: { evil: `file:${join(folder, 'evil-1.0.0.tgz')}` } }));
  copyFileSync(join(ROOT, '.npmrc'), join(project, '.npmrc'));
  npm('install', ...more);
  expect(existsSync(join(project, 'node_modules/evil/package.json'))).toBe(true);
  return existsSync(mark);
}

it('no script of a dependency runs when it is installed', () => {
  expect(install('as it is')).toBe(false);
});

it('it would run without the setting', () => {
  expect(install('with scripts', '--ignore-scripts=false')).toBe(true);
});
