import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadExamples, type LoadedExamples } from '@hypersphere/data';
import { cacheFolder, HypersphereError, startEngine, withLock, type EngineInfo, type EngineOptions } from '@hypersphere/engine';
import type { ChanceContext } from '@hypersphere/evaluation';
import { TRAINING_VERSION, type TrainResult } from '@hypersphere/training';
import * as tf from '@tensorflow/tfjs';

import { codeState, machine } from './environment';
import { aborted } from './interruption';
import { curveMeasure, measure } from './measure';
import type { Measured } from './measure-run';
import type { PlannedRun } from './plan';
import { RECORD_FORMAT, sealRecord, type RunRecord } from './run-record';
import { storedCurve, storedMetrics } from './stored-numbers';
import { findElsewhere } from './run-store';
import { shareRecord } from './share-record';
import { pretrainingId, trainingId } from './run-identity';
import { trainStages, type StagesOptions, type StagesResult } from './train-stages';
import type { RunProgress } from './worker-messages';

export interface ExecuteOptions {
  readonly profile: string;
  readonly results: string;
  readonly fresh: boolean;
  /** Folder of checkpoints instead of the cache's. */
  readonly checkpoints?: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunProgress) => void;
}

/** Checkpoints of a run's training, which runs that differ in what is measured after it share; they may be deleted at any time without losing a result. */
export const checkpointFolder = ({ config, seed }: PlannedRun, root = cacheFolder()): string => join(root, 'runs', trainingId(config, seed));

/** Of a run without a first stage the second folder is not used. */
const foldersOf = (run: PlannedRun, root = cacheFolder()): Pick<StagesOptions, 'folder' | 'pretrainingFolder'> => ({
  folder: checkpointFolder(run, root),
  pretrainingFolder: join(root, 'pretraining', pretrainingId(run.config, run.seed) ?? run.id),
});

/**
 * Trains, evaluates and records one run. A run that another process computes meanwhile is waited for, never done twice.
 *
 * @returns the record, also in the store of each paper that uses the run; or `interrupted`, with a checkpoint
 */
export async function executeRun(run: PlannedRun, options: ExecuteOptions): Promise<RunRecord | 'interrupted'> {
  const loaded = performance.now(); // since the start of the process, which is there for this run
  let held = false;
  const onWait = () => options.onProgress({ phase: 'waiting', step: 0, steps: 0 });
  const folder = checkpointFolder(run, options.checkpoints);
  const done = withLock<RunRecord | 'interrupted'>(folder, async () => {
    if (options.signal.aborted) return 'interrupted';
    held = true;
    const stored = options.fresh ? undefined : findElsewhere(run.id, options.profile, options.results);
    if (stored !== undefined && stored.status !== 'failed') {
      await shareRecord(run, stored, options.profile, options.results);
      return stored;
    }
    if (options.fresh) await rm(folder, { recursive: true, force: true });
    return compute(run, options, loaded);
  }, { onWait });
  // Whoever waits for another process has nothing to save.
  const gaveUp = aborted(options.signal).then(() => (held ? done : 'interrupted'));
  return Promise.race([done, gaveUp]);
}

async function compute(run: PlannedRun, options: ExecuteOptions, loaded: number): Promise<RunRecord | 'interrupted'> {
  const began = performance.now();
  let startSeconds: number | undefined;
  options.onProgress({ phase: 'data', step: 0, steps: 0 });
  const engine = await startEngine(engineOf(run));
  const data = await loadExamples(run.config.data);
  const trained = await trainStages(run, data.train, {
    ...foldersOf(run, options.checkpoints),
    fresh: options.fresh,
    signal: options.signal,
    onProgress: ({ step, steps, loss }) => {
      startSeconds ??= (loaded + performance.now() - began) / 1000;
      options.onProgress({ phase: 'training', step, steps, loss });
    },
    ...curveMeasure(data, run.config.evaluation),
  });
  try {
    if (trained.status === 'interrupted') return 'interrupted';
    options.onProgress({ phase: 'evaluation', step: trained.steps, steps: trained.steps });
    const measured = trained.status === 'done' ? await measure(trained, data, run) : { metrics: {}, series: {} };
    const record = recordOf(run, options.profile, { engine, data, trained, measured, startSeconds });
    await shareRecord(run, record, options.profile, options.results);
    return record;
  } finally {
    tf.dispose([trained.parameters, trained.statistics, trained.lossParameters]);
  }
}

/** What the engine has to be started with for a run. */
export function engineOf({ config: { execution } }: PlannedRun): Pick<EngineOptions, 'threads' | 'xla'> {
  return { threads: execution.threads, xla: execution.xla ?? false };
}

interface Outcome {
  readonly engine: EngineInfo;
  readonly data: LoadedExamples;
  readonly trained: StagesResult;
  readonly measured: Measured;
  readonly startSeconds: number | undefined;
}

function recordOf(run: PlannedRun, profile: string, { engine, data, trained, measured, startSeconds }: Outcome): RunRecord {
  return sealRecord({
    format: RECORD_FORMAT,
    id: run.id,
    profile,
    variants: [],
    seed: run.seed,
    config: run.config,
    trainingVersion: TRAINING_VERSION,
    manifestDigest: run.manifestDigest,
    packedDigest: data.packedDigest,
    status: trained.status === 'done' ? 'done' : 'diverged',
    ...(trained.diagnosis === undefined ? {} : { message: trained.diagnosis.message }),
    metrics: storedMetrics(measured.metrics),
    curve: storedCurve(trained.curve),
    // A search is read as a table; its figures' data would only swell the store.
    series: { ...(run.config.evaluation.split === 'validation' ? {} : measured.series), ...pretrainingOf(trained), testSet: { ...testSetOf(data) } },
    steps: trained.steps,
    seconds: Math.round(trained.seconds * 100) / 100,
    waitSeconds: Math.round(trained.waitSeconds * 100) / 100,
    ...(startSeconds === undefined ? {} : { startSeconds: Math.round(startSeconds * 100) / 100 }),
    examplesPerSecond: Math.round(trained.examplesPerSecond * 10) / 10,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    environment: { ...machine(), node: engine.node, tfjs: engine.tfjs, tensorflow: engine.tensorflow, device: engine.device, threads: engine.threads, ...(engine.xla ? { xla: true } : {}) },
    ...codeState(),
  });
}

/** The loss of a first stage, step by step. */
const pretrainingOf = ({ pretrainingCurve }: StagesResult): RunRecord['series'] => (pretrainingCurve === undefined ? {} : { pretraining: storedCurve(pretrainingCurve) });

/** What chance depends on, for runs that collapsed. */
function testSetOf({ test, distractors }: LoadedExamples): ChanceContext {
  return { classes: test.classes, imagesPerClass: test.labels.length / test.classes, ...(distractors === undefined ? {} : { distractors: distractors.labels.length }) };
}

/**
 * The backbone of a run as it was after training, from its last checkpoint.
 *
 * @throws HypersphereError if the checkpoint is not of the last step
 */
export async function restoreRun(run: PlannedRun, data: LoadedExamples): Promise<TrainResult> {
  const trained = await trainStages(run, data.train, { ...foldersOf(run), signal: AbortSignal.abort() });
  if (trained.status === 'done') return trained;
  tf.dispose([trained.parameters, trained.statistics, trained.lossParameters]);
  throw new HypersphereError(`run ${run.id}: its checkpoint is of step ${trained.steps}, before the end of the training; train it to the end, or again with --fresh`);
}
