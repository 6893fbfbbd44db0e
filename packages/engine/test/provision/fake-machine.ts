import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';

import { places, type Places } from '../../src/provision/places';
import { provisionEngine } from '../../src/provision/provision-engine';
import { zip } from './zip';

const WHEEL = zip({
  'tensorflow/libtensorflow_cc.so.2': 'library',
  'tensorflow/libtensorflow_framework.so.2': 'library',
  'tensorflow/include/tensorflow/c/c_api.h': '// header',
  'tensorflow/python/not_needed.py': 'pass',
});

export interface FakeMachine {
  readonly places: Places;
  /** Replaces a program by a shell script. */
  readonly program: (name: string, script: string) => void;
  readonly remove: (name: string) => void;
  readonly rename: (name: string, newName: string) => void;
  /** How many command lines that start so were run. */
  readonly calls: (start: string) => number;
  /** The binding that this machine really has. */
  readonly realBinding: string;
}

/**
 * A machine with an empty cache, a package without a binding, and programs of its own: a pip that hands out a small wheel,
 * a compiler that hands out the binding which this machine really has, and an npm that cannot download.
 */
export function fakeMachine(): { readonly now: () => FakeMachine } {
  const root = temporaryFolder();
  const real = { ...process.env };
  let count = 0;
  let machine: FakeMachine;
  beforeEach(async () => {
    process.env['PATH'] = real['PATH'];
    delete process.env['HYPERSPHERE_CACHE'];
    if (real['HYPERSPHERE_CACHE'] !== undefined) process.env['HYPERSPHERE_CACHE'] = real['HYPERSPHERE_CACHE'];
    const { files } = await provisionEngine();
    machine = makeMachine(join(root, String(count++)), files);
  });
  afterEach(() => {
    process.env['PATH'] = real['PATH'];
  });
  return { now: () => machine };
}

function makeMachine(folder: string, [binding = '', ...libraries]: readonly string[]): FakeMachine {
  const bin = join(folder, 'bin');
  const wheelFile = join(folder, 'fake.whl');
  const callsFile = join(folder, 'calls');
  mkdirSync(bin, { recursive: true });
  writeFileSync(wheelFile, WHEEL);
  writeFileSync(callsFile, '');
  const program = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\nPATH=/usr/bin:/bin\necho "${name}" "$@" >> '${callsFile}'\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const nameOf = (library: string) => (library.includes('framework') ? 'libtensorflow_framework.so.2' : 'libtensorflow_cc.so.2');
  const link = libraries.map((library) => `ln -sf '${library}' "$(dirname "$out")/${nameOf(library)}"`).join('\n');
  program('python3', `for last; do case "$before" in --dest) cp '${wheelFile}' "$last/fake.whl";; esac; before=$last; done`);
  program('g++', `for last; do [ "$before" = -o ] && out=$last; before=$last; done\n[ -z "$out" ] && exit 0\ncp '${binding}' "$out"\n${link}`);
  program('npm', 'echo "npm error Error: no route to host"; exit 1');
  program('apt-get', '');
  process.env['PATH'] = bin;
  process.env['HYPERSPHERE_CACHE'] = join(folder, 'cache');
  const sha256 = createHash('sha256').update(WHEEL).digest('hex');
  const wheel = { requirement: 'fake==1.0', licence: 'Apache-2.0', tensorflow: '1.0', platform: 'any', sha256, megabytes: 1 };
  return {
    places: { ...places(join(folder, 'package')), wheel },
    program,
    remove: (name) => rmSync(join(bin, name)),
    rename: (name, newName) => renameSync(join(bin, name), join(bin, newName)),
    calls: (start) => readFileSync(callsFile, 'utf8').split('\n').filter((line) => line !== '' && line.startsWith(start)).length,
    realBinding: binding,
  };
}
