import { manifestDigest } from '@hypersphere/data';
import { TRAINING_VERSION } from '@hypersphere/training';

import { canonicalJson, digestOf } from './canonical-json';
import type { RunConfig } from './run-config';
import { runId } from './run-id';

export interface RunIdentity {
  /** 16 hex digits: resolved config, seed, manifest of the data, version of the training code. */
  readonly id: string;
  readonly manifestDigest: string;
}

/** The identity of a run, known without fetching or training anything. The paper is no part of it. */
export function identify(config: RunConfig, seed: number): RunIdentity {
  const manifest = digestOfData(config.data);
  return { id: runId({ config, seed, manifestDigest: manifest, trainingVersion: TRAINING_VERSION }), manifestDigest: manifest };
}

/** The id of the run whose checkpoints are those of this one: options that act on the trained network alone are left out. */
export function trainingId(config: RunConfig, seed: number): string {
  return identify({ ...config, evaluation: withoutLater(config.evaluation) }, seed).id;
}

/** The id of a run's first stage, which runs with another second one share; undefined if it has none. */
export function pretrainingId({ data, backbone, pretraining, execution }: RunConfig, seed: number): string | undefined {
  if (pretraining === undefined) return undefined;
  return digestOf({ data, backbone, ...pretraining, execution, seed, manifest: digestOfData(data), trainingVersion: TRAINING_VERSION }).slice(0, 16);
}

const withoutLater = ({ exit: _part, probe: _second, paddingBatch: _padding, testTime: _network, cameras: _lists, reranking: _order, clustered: _clusters, ...evaluation }: RunConfig['evaluation']): RunConfig['evaluation'] => evaluation;

const known = new Map<string, string>();

/** A manifest takes milliseconds, and hundreds of runs have the same. */
function digestOfData(data: RunConfig['data']): string {
  const key = canonicalJson(data);
  const digest = known.get(key) ?? manifestDigest(data);
  known.set(key, digest);
  return digest;
}
