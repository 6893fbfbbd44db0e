import { HypersphereError } from './errors';
import type * as Native from './load-native';
import { restoreNodeUtil } from './node-compat';
import { inPlace, provisionEngine } from './provision/provision-engine';
import { places } from './provision/places';
import { resolveThreads, setThreads } from './threads';

export interface EngineOptions {
  /** Threads of one op. Default: the environment's `TF_NUM_INTRAOP_THREADS`, else all processors. Part of a run's identity: it changes bits. */
  readonly threads?: number;
  /** Gets a line for each step of a provisioning that takes long. Default: none. */
  readonly log?: (line: string) => void;
  /** Get or build the engine if it is not there. Default: true. */
  readonly provision?: boolean;
}

export interface EngineInfo {
  /** Versions, as in `2.21.0`. */
  readonly tensorflow: string;
  readonly tfjs: string;
  readonly node: string;
  readonly device: 'cpu' | 'gpu';
  readonly threads: number;
}

let startedThreads: number | undefined;

/**
 * Loads TensorFlow into this process, makes it the backend of tfjs and registers the native kernels.
 * The first call takes half a second, or minutes if the engine has to be provisioned; others return the same.
 *
 * @throws HypersphereError if there is no engine and none can be had, or the engine runs with another number of threads
 */
export async function startEngine(options: EngineOptions = {}): Promise<EngineInfo> {
  const threads = resolveThreads(options.threads ?? startedThreads);
  if (startedThreads !== undefined && threads !== startedThreads) {
    throw new HypersphereError(
      `startEngine: TensorFlow was loaded with ${startedThreads} threads and cannot change to ${threads}; use another process`,
    );
  }
  startedThreads = threads;
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  // Left to itself TensorFlow takes oneDNN on processors with AVX-512 only; with AVX2 its convolutions take twice the time then.
  process.env['TF_ENABLE_ONEDNN_OPTS'] = '1';
  setThreads(threads);
  restoreNodeUtil();
  await ensureEngine(options);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a command that only prints must not load TensorFlow
  const { loadNative } = require('./load-native') as typeof Native;
  return { ...(await loadNative()), node: process.versions.node, threads };
}

async function ensureEngine({ provision = true, log }: EngineOptions): Promise<void> {
  if (provision) await provisionEngine({ log });
  else if ((await inPlace(places())) === undefined) {
    throw new HypersphereError('startEngine: there is no TensorFlow engine; get it: npx nx run engine:provision');
  }
}
