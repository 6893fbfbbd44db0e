/**
 * Runs TypeScript as it is: `node -r ./tools/register.cjs FILE.ts`, which takes the place of `ts-node/register`.
 * ts-node loads the TypeScript compiler, and transpiles all files again, in each process; this one keeps what swc made.
 * Imports of packages are lazy: TensorFlow, Vega or a decoder is loaded by the first call into it, if there is one.
 */
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const nodeModule = require('node:module');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const KEPT = path.join(ROOT, 'node_modules', '.cache', 'hypersphere');
const SETTINGS = path.join(ROOT, '.swcrc');
/** `import()` stays: packages that are ESM only are reached by it. */
const MODULE = { type: 'commonjs', ignoreDynamic: true, lazy: true };
const VERSIONS = [JSON.stringify(MODULE), readFileSync(SETTINGS, 'utf8'), require('@swc/core/package.json').version];

// From Node 22 on, what V8 made of all modules is kept as well.
nodeModule.enableCompileCache?.(path.join(KEPT, 'v8'));

// Stack traces name lines of the sources.
process.setSourceMapsEnabled(true);
require.extensions['.ts'] = (module, file) => module._compile(transpiled(file), file);

function transpiled(file) {
  const source = readFileSync(file, 'utf8');
  const key = createHash('sha256').update(JSON.stringify([...VERSIONS, file, source])).digest('hex');
  const kept = path.join(KEPT, `${key.slice(0, 32)}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { transformSync } = require('@swc/core');
    const { code } = transformSync(source, { filename: file, configFile: SETTINGS, module: MODULE, sourceMaps: 'inline' });
    keep(kept, code);
    return code;
  }
}

/** Whole or not at all, since other processes read it; a folder that cannot be written only costs time. */
function keep(file, code) {
  try {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {}
}
