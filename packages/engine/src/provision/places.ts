import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';

import { cacheFolder } from '../cache-folder';
import { wheels, type Wheel } from './wheels';

/** Raise it when the way the engine is built changes, so that engines built the old way are not used. */
const RECIPE = 1;

export interface Places {
  readonly wheel: Wheel | undefined;
  /** Of npm's `@tensorflow/tfjs-node-gpu`. */
  readonly packageFolder: string;
  /** Where that package looks for its native binding. */
  readonly binding: string;
  /** All engines of the cache. */
  readonly engines: string;
  /** The one of this platform, version and recipe. Holds the libraries, the binding and `engine.json`. */
  readonly engine: string;
}

export const BINDING_FILE = 'tfjs_binding.node';

/** Where things are, or will be. Reads nothing but the environment. */
export function places(packageFolder = tfjsNodeFolder()): Places {
  const platform = `${process.platform}-${process.arch}`;
  const wheel = wheels[platform];
  const digest = createHash('sha256').update(JSON.stringify([RECIPE, wheel ?? platform])).digest('hex').slice(0, 12);
  const engines = cacheFolder('engine');
  return {
    wheel,
    packageFolder: resolve(packageFolder),
    binding: join(resolve(packageFolder), 'lib', 'napi-v8', BINDING_FILE),
    engines,
    engine: join(engines, `${wheel?.tensorflow ?? 'none'}-${platform}-${digest}`),
  };
}

function tfjsNodeFolder(): string {
  return dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
}
