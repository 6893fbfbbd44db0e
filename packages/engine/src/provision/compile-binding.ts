import { dirname, join } from 'node:path';

import { HypersphereError } from '../errors';
import { installHint } from './install-hint';
import { BINDING_FILE } from './places';
import { runLogged } from './run-logged';
import { LIBRARIES } from './unpack-wheel';

const COMPILERS = ['g++', 'clang++', 'c++'] as const;

/** The C++ compilers of this machine, the one in `CXX` first. */
export async function findCompilers(log: string): Promise<readonly (readonly string[])[]> {
  const chosen = process.env['CXX']?.split(/\s+/).filter((part) => part !== '') ?? [];
  const found: (readonly string[])[] = [];
  for (const compiler of [...(chosen.length > 0 ? [chosen] : []), ...COMPILERS.map((name) => [name])]) {
    if ((await runLogged([...compiler, '--version'], log)).ok) found.push(compiler);
  }
  if (found.length === 0) throw new HypersphereError(`a C++ compiler is missing; install it: ${installHint('compiler')}`);
  return found;
}

/**
 * Compiles the binding, whose sources come with `@tensorflow/tfjs-node-gpu`, against the libraries in `folder`.
 * It finds them beside itself, so that the folder may be moved.
 */
export async function compileBinding(folder: string, packageFolder: string, log: string): Promise<void> {
  let tail = '';
  for (const compiler of await findCompilers(log)) {
    const ran = await runLogged([...compiler, ...flags(folder, packageFolder)], log);
    if (ran.ok) return;
    tail = ran.tail;
  }
  throw new HypersphereError(`the binding could not be compiled; it needs C++17. The compiler said:\n${tail}`);
}

function flags(folder: string, packageFolder: string): string[] {
  const nodeHeaders = join(dirname(require.resolve('node-api-headers/package.json')), 'include');
  const include = [nodeHeaders, join(folder, 'include'), packageFolder, join(packageFolder, 'binding')];
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(packageFolder, 'binding', name));
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
    ...include.map((path) => `-I${path}`),
    ...sources,
    ...['-o', join(folder, BINDING_FILE), `-L${folder}`],
    ...LIBRARIES.map((library) => `-l:${library}`),
    '-Wl,-rpath,$ORIGIN',
  ];
}
