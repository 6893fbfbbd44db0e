import { HypersphereError } from './errors';
import type * as Native from './load-native';
import { restoreNodeUtil } from './node-compat';
import { inPlace, provisionEngine } from './provision/provision-engine';
import { places } from './provision/places';
import { resolveThreads, setThreads } from './threads';
import { setXla } from './xla';

export interface EngineOptions {
  /** Threads of one op. Default: the environment's `TF_NUM_INTRAOP_THREADS`, else all processors. Part of a run's identity: it changes bits. */
  readonly threads?: number;
  /** Compile recorded steps with XLA. Default: false. Part of a run's identity: it changes bits. */
  readonly xla?: boolean;
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
  /** Whether recorded steps are compiled with XLA. */
  readonly xla: boolean;
}

let started: { readonly threads: number; readonly xla: boolean } | undefined;

/**
 * Loads TensorFlow into this process, makes it the backend of tfjs and registers the native kernels.
 * The first call takes half a second, or minutes if the engine has to be provisioned; others return the same.
 *
 * @throws HypersphereError if there is no engine and none can be had, or the engine runs with another number of threads, or
 *   with XLA where it is to be without, or the other way round
 */
export async function startEngine(options: EngineOptions = {}): Promise<EngineInfo> {
  const threads = resolveThreads(options.threads ?? started?.threads);
  const xla = options.xla ?? started?.xla ?? false;
  checkSame({ threads, xla });
  started = { threads, xla };
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '3';
  // Left to itself TensorFlow takes oneDNN on processors with AVX-512 only; with AVX2 its convolutions take twice the time then.
  process.env['TF_ENABLE_ONEDNN_OPTS'] = '1';
  setThreads(threads);
  setXla(xla);
  restoreNodeUtil();
  await ensureEngine(options);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a command that only prints must not load TensorFlow
  const { loadNative } = require('./load-native') as typeof Native;
  return { ...(await loadNative()), node: process.versions.node, threads, xla };
}

function checkSame({ threads, xla }: Pick<EngineInfo, 'threads' | 'xla'>): void {
  if (started === undefined) return;
  const refuse = (change: string) => new HypersphereError(`startEngine: TensorFlow was loaded ${change}; use another process`);
  if (started.threads !== threads) throw refuse(`with ${started.threads} threads and cannot change to ${threads}`);
  if (started.xla !== xla) throw refuse(xla ? 'without XLA and cannot change to it' : 'with XLA and cannot change to be without');
}

async function ensureEngine({ provision = true, log }: EngineOptions): Promise<void> {
  if (provision) await provisionEngine({ log });
  else if ((await inPlace(places())) === undefined) {
    throw new HypersphereError('startEngine: there is no TensorFlow engine; get it: npx nx run engine:provision');
  }
}
