import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');

/** Packages that run in a browser with stock tfjs, and are built for it. */
export const PUBLISHED = ['core-losses', 'backbones', 'evaluation'] as const;

/**
 * Builds one package to JavaScript and declarations in `dist/packages/<name>`, ready for `npm pack`.
 *
 * @returns the folder
 */
export function buildPackage(name: (typeof PUBLISHED)[number]): string {
  const out = join(ROOT, 'dist/packages', name);
  rmSync(out, { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', join(ROOT, 'packages', name, 'tsconfig.build.json')], { stdio: 'inherit' });
  const { version, license, dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8')) as Record<string, unknown>;
  const manifest = { name: `@hypersphere/${name}`, version, license, main: './index.js', types: './index.d.ts', sideEffects: false, dependencies, peerDependencies };
  writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return out;
}

if (require.main === module) for (const name of PUBLISHED) console.log(buildPackage(name));
