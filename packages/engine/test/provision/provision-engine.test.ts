import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';

import { provisionEngine } from '../../src/index';
import { fakeMachine } from './fake-machine';

jest.setTimeout(60_000);

const machine = fakeMachine();
const provision = (options = {}) => provisionEngine({ places: machine.now().places, ...options });
const failure = async () => ((await provision().catch((error: unknown) => error)) as Error).message;

describe('provisionEngine', () => {
  it('builds the engine, links it, knows it the next time, and links it to a package that was installed anew', async () => {
    const { places, calls, remove } = machine.now();
    const lines: string[] = [];
    const engine = await provision({ log: (line: string) => lines.push(line) });
    expect(engine).toMatchObject({ source: 'cache', binding: join(places.engine, 'tfjs_binding.node') });
    expect(readlinkSync(places.binding)).toBe(engine.binding);
    expect(readdirSync(places.engine).sort()).toEqual([
      'engine.json',
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
      'tfjs_binding.node',
    ]);
    expect(readdirSync(places.engines).sort()).toEqual([places.engine.slice(places.engines.length + 1), 'proofs', 'provision.log']);
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['downloading', 'unpacking', 'compiling', 'TensorFlow']);
    const before = calls('');
    ['python3', 'g++', 'npm'].forEach(remove);
    expect(await provision()).toEqual(engine);
    rmSync(places.packageFolder, { recursive: true }); // as `npm ci` does
    expect(await provision()).toEqual(engine);
    expect(calls('')).toBe(before);
  });

  it('replaces an engine that has been damaged, and clears what a killed one left', async () => {
    const { places } = machine.now();
    const { binding } = await provision();
    truncateSync(binding, 1000);
    mkdirSync(join(places.engines, '.unfinished-1', 'download'), { recursive: true });
    expect((await provision()).binding).toBe(binding);
    expect(lstatSync(binding).size).toBeGreaterThan(1000);
    expect(readdirSync(places.engines).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('makes one engine where two ask at once', async () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line); // of both: which of them comes first is open
    const engines = await Promise.all([provision({ log }), provision({ log })]);
    expect(engines[0]).toEqual(engines[1]);
    expect(lines).toContain('engine: another process is making it; waiting');
    expect(machine.now().calls('python3 -m pip download')).toBe(1);
  });

  it('uses a binding that the package has by other means, and leaves it alone', async () => {
    const { places, calls, realBinding } = machine.now();
    mkdirSync(dirname(places.binding), { recursive: true });
    symlinkSync(realBinding, places.binding);
    expect(await provision()).toMatchObject({ source: 'package', binding: realBinding });
    expect(calls('')).toBe(0);
    expect(existsSync(places.engine)).toBe(false);
  });

  it('builds again when asked to, with the compiler in CXX and its options', async () => {
    await provision();
    machine.now().rename('g++', 'my-compiler');
    process.env['CXX'] = 'my-compiler -m64';
    await provision({ fresh: true }).finally(() => delete process.env['CXX']);
    expect(machine.now().calls('python3 -m pip download')).toBe(2);
    expect(machine.now().calls('g++ -m64 -std=c++17')).toBe(1); // it still calls itself g++
  });

  it('does not use an engine of another version', async () => {
    const { places, realBinding, remove } = machine.now();
    const older = join(places.engines, '1.0-other');
    mkdirSync(older, { recursive: true });
    mkdirSync(dirname(places.binding), { recursive: true });
    copyFileSync(realBinding, join(older, 'tfjs_binding.node'));
    symlinkSync(join(older, 'tfjs_binding.node'), places.binding);
    remove('g++');
    expect(await failure()).toContain('a C++ compiler is missing');
  });
});

describe('provisionEngine says what is missing:', () => {
  it('a compiler', async () => {
    machine.now().remove('g++');
    expect(await failure()).toContain('1. a C++ compiler is missing; install it: apt-get install g++\n');
    expect(machine.now().calls('python3 -m pip download')).toBe(0); // known before the download
  });

  it('pip', async () => {
    machine.now().program('python3', 'exit 1');
    expect(await failure()).toContain('1. python3 with pip is missing; install it: apt-get install python3-pip\n');
  });

  it('the network, for both ways', async () => {
    machine.now().program('python3', 'case "$*" in *download*) echo "Connection refused"; exit 1;; esac');
    const message = await failure();
    expect(message).toContain('1. pip could not download fake==1.0: the package index cannot be reached; check the network');
    expect(message).toContain('2. the download of @tensorflow/tfjs-node-gpu failed: Error: no route to host\n');
    expect(message).toContain(`All output: ${join(machine.now().places.engines, 'provision.log')}`);
  });

  it('the right wheel', async () => {
    const { places } = machine.now();
    const wheel = { ...places.wheel, sha256: '00' };
    const message = ((await provision({ places: { ...places, wheel } }).catch((error: unknown) => error)) as Error).message;
    expect(message).toMatch(/the wheel of fake==1\.0 is not the pinned one: SHA-256 must be 00, got [0-9a-f]{64};/);
    expect(existsSync(places.engine)).toBe(false);
  });

  it('a compiler that knows C++17', async () => {
    machine.now().program('g++', 'case "$*" in *std*) echo "unrecognized -std=c++17"; exit 1;; esac');
    expect(await failure()).toContain('1. the binding could not be compiled; it needs C++17. The compiler said:\nunrecognized -std=c++17');
  });

  it('an engine that works', async () => {
    machine.now().program('g++', 'for last; do [ "$before" = -o ] && echo nonsense > "$last"; before=$last; done; exit 0');
    expect(await failure()).toMatch(/1\. the engine was built but does not work: Error: .*tfjs_binding\.node/);
  });

  it('a wheel for this platform', async () => {
    const { places } = machine.now();
    const message = ((await provision({ places: { ...places, wheel: undefined } }).catch((error: unknown) => error)) as Error).message;
    expect(message).toContain(`1. there is no TensorFlow wheel for ${process.platform} ${process.arch}\n`);
  });

  it('a cache that can be written', async () => {
    const { places } = machine.now();
    const message = ((await provision({ places: { ...places, engines: '/dev/null/engine' } }).catch((error: unknown) => error)) as Error).message;
    expect(message).toContain('cannot write to the cache /dev/null/engine: ');
    expect(message).toContain('set HYPERSPHERE_CACHE to a folder that can be written');
  });
});
