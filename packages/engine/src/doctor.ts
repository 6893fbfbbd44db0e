import { availableParallelism, devNull } from 'node:os';

import { cacheFolder } from './cache-folder';
import { processor } from './processor';
import { checkSpace } from './provision/build-engine';
import { findCompilers } from './provision/compile-binding';
import { findPip } from './provision/fetch-wheel';
import { places } from './provision/places';
import { inPlace, type ProvisionedEngine } from './provision/provision-engine';
import type * as Speed from './speed';
import { startEngine, type EngineInfo, type EngineOptions } from './start-engine';

/** What the engine is, on what machine it runs, and what it lacks. Plain data. */
export interface EngineReport {
  readonly node: string;
  readonly cpu: string;
  readonly processors: number;
  /** Of those that matter to speed, the ones this processor has. */
  readonly instructionSets: readonly string[];
  readonly cache: string;
  /** Undefined: there is none that works. */
  readonly engine: (EngineInfo & Pick<ProvisionedEngine, 'binding' | 'source'> & Speed.EngineSpeed) | undefined;
  /** What stands in the way of making an engine; empty if there is one. */
  readonly missing: readonly string[];
}

/** Looks at the engine, measures it, and makes nothing. */
export async function engineDoctor(options: Pick<EngineOptions, 'threads' | 'xla'> = {}): Promise<EngineReport> {
  const found = await inPlace(places());
  const { model, instructionSets } = processor();
  return {
    node: process.versions.node,
    cpu: model,
    processors: availableParallelism(),
    instructionSets,
    cache: cacheFolder(),
    engine: found && { ...(await measured(options)), binding: found.binding, source: found.source },
    missing: found ? [] : await missingTools(),
  };
}

async function measured(options: EngineOptions): Promise<EngineInfo & Speed.EngineSpeed> {
  const info = await startEngine({ ...options, provision: false });
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it loads tfjs: see start-engine.ts
  const { engineSpeed } = require('./speed') as typeof Speed;
  return { ...info, ...engineSpeed() };
}

async function missingTools(): Promise<string[]> {
  const { engines, wheel } = places();
  if (wheel === undefined) return [`there is no TensorFlow wheel for ${process.platform} ${process.arch}`];
  const checks = await Promise.allSettled([findCompilers(devNull), findPip(devNull), checkSpace(engines)]);
  const failed = checks.filter((check) => check.status === 'rejected').map((check) => check.reason as NodeJS.ErrnoException);
  const problems = failed.filter(({ code }) => code !== 'ENOENT').map(({ message }) => message); // no cache yet is no problem
  return problems.length > 0 ? problems : ['nothing is missing to make it: npx nx run engine:provision'];
}
