import { constants, existsSync } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { HypersphereError } from '../errors';
import { withLock } from '../with-lock';
import { buildEngine, checkSpace, logFile, type Log } from './build-engine';
import { linkBinding } from './link-binding';
import { downloadByPackage } from './package-download';
import { BINDING_FILE, places as defaultPlaces, type Places } from './places';
import { prove, type Proof } from './proof';
import { stampedProof, writeStamp } from './stamp';

export interface ProvisionedEngine extends Proof {
  /** The file that is loaded, links resolved. */
  readonly binding: string;
  /** Of the cache, built from the wheel; or one that npm's package has by other means. */
  readonly source: 'cache' | 'package';
}

export interface ProvisionOptions {
  readonly log?: Log;
  /** Build the engine again although there is one. Default: false. */
  readonly fresh?: boolean;
  readonly places?: Places;
}

/**
 * Makes sure that TensorFlow's native engine is there and works, at once if it is known to.
 * Else, in this order: what npm's package has; the engine of the cache; the wheel and a compiler; the package's own download.
 *
 * @throws HypersphereError that says what is missing and the command that installs it
 */
export async function provisionEngine(options: ProvisionOptions = {}): Promise<ProvisionedEngine> {
  const { log = () => undefined, fresh = false, places = defaultPlaces() } = options;
  const known = fresh ? undefined : await existing(places);
  if (known !== undefined) return known;
  await prepareFolder(places.engines);
  const onWait = () => log('engine: another process is making it; waiting');
  return withLock(join(places.engines, 'provision'), () => provideOne(places, fresh, log), { onWait });
}

/** The engine that tfjs would load now, if it works. */
export async function inPlace(places: Places): Promise<ProvisionedEngine | undefined> {
  const binding = await realpath(places.binding).catch(() => undefined);
  if (binding === undefined || isOutdated(binding, places)) return undefined;
  const stamped = stampedProof(places, binding);
  if (stamped !== undefined) return describe(stamped, binding, places);
  const result = await prove(binding);
  if (!result.ok) return undefined;
  await writeStamp(places, result.proof);
  return describe(result.proof, binding, places);
}

async function existing(places: Places): Promise<ProvisionedEngine | undefined> {
  return (await inPlace(places)) ?? (await fromCache(places));
}

async function fromCache(places: Places): Promise<ProvisionedEngine | undefined> {
  const cached = join(places.engine, BINDING_FILE);
  return existsSync(cached) && (await prove(cached)).ok ? linked(places) : undefined;
}

async function provideOne(places: Places, fresh: boolean, log: Log): Promise<ProvisionedEngine> {
  // while this process waited for the lock another may have done it
  const done = fresh ? undefined : await existing(places);
  if (done !== undefined) return done;
  await checkSpace(places.engines);
  try {
    await buildEngine(places, log);
    const engine = await linked(places);
    log(`engine: TensorFlow ${engine.tensorflow} is ready`);
    return engine;
  } catch (error) {
    if (!(error instanceof HypersphereError)) throw error;
    return await fromPackage(places, error, log);
  }
}

async function linked(places: Places): Promise<ProvisionedEngine> {
  await linkBinding(places);
  const engine = await inPlace(places);
  if (engine === undefined) throw new HypersphereError(`the engine in ${places.engine} works, but not from ${places.binding}`);
  return engine;
}

async function fromPackage(places: Places, earlier: HypersphereError, log: Log): Promise<ProvisionedEngine> {
  log(`engine: ${earlier.message.split('\n')[0]}`);
  log("engine: trying the package's own download");
  const failure = await downloadByPackage(places).catch((error: unknown) => error as HypersphereError);
  const engine = failure === undefined ? await inPlace(places) : undefined;
  if (engine !== undefined) return engine;
  const second = failure?.message ?? 'the download of @tensorflow/tfjs-node-gpu does not work on this machine';
  throw new HypersphereError(`there is no TensorFlow engine.\n1. ${earlier.message}\n2. ${second}\nAll output: ${logFile(places)}`, { cause: earlier });
}

/** An engine of this cache, but not of the current version and recipe. */
function isOutdated(binding: string, { engines, engine }: Places): boolean {
  const folder = dirname(binding);
  return dirname(folder) === engines && folder !== engine;
}

function describe(proof: Proof, binding: string, { engine }: Places): ProvisionedEngine {
  return { ...proof, binding, source: dirname(binding) === engine ? 'cache' : 'package' };
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new HypersphereError(
      `cannot write to the cache ${folder}: ${(cause as Error).message}; set HYPERSPHERE_CACHE to a folder that can be written`,
      { cause },
    );
  }
}
