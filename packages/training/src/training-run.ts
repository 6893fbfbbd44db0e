import * as tf from '@tensorflow/tfjs';
import { buildBackbone, fromStateDict, stateDictModules, type NamedTensors, type Network } from '@hypersphere/backbones';
import { resolveLoss } from '@hypersphere/core-losses';
import { inputSizeOf, type ExampleSet } from '@hypersphere/data';
import { HypersphereError, type HostTensor } from '@hypersphere/engine';

import { loadCheckpoint, saveCheckpoint, type CheckpointIo } from './checkpoint/checkpoint';
import { hostTensors, stateOf } from './checkpoint/state-tensors';
import { sampleSize } from './class-sample';
import type { TrainingConfig } from './config';
import { initialState, trainingLayout, type StartValues } from './initial-state';
import { batchFeed, type BatchFeed } from './input/batch-feed';
import { rowsOf } from './input/host-batch';
import { named, unflatten } from './layout';
import { lossPerExit } from './loss-per-exit';
import { emptyLedger, type Ledger } from './ledger';
import { runDigest } from './run-digest';
import { sampledLayout } from './sampled-step';
import { trainingLength, type TrainingLength } from './schedules';
import type { StepModel, TrainingState, Tensors } from './step';
import { stepRunner, type Execution, type StepRunner } from './step-runner';
import { updateRule } from './update';

export interface RunOptions extends Partial<Execution> {
  readonly config: TrainingConfig;
  readonly seed: number;
  /** Images, or rows of features or tokens, to train on. */
  readonly data: ExampleSet;
  readonly checkpointFolder?: string;
  /** Threads that make batches ahead; no value depends on it. Default: none, then one if the training waits for its batches. */
  readonly inputWorkers?: number;
  /** PyTorch's state dict that `config.backbone.weights` names. */
  readonly weights?: Readonly<Record<string, HostTensor>>;
  /** The end of an earlier training of this network, from which this one goes on; it is left as it is. */
  readonly start?: StartingPoint;
}

/** Where a training starts if not from initial values. A result of `train` is one. */
export interface StartingPoint extends Required<StartValues> {
  /** Of the training that they come from. */
  readonly digest: string;
}

/** What a training is made of, and how far it is. `state`, `step` and `ledger` are replaced as it goes on. */
export interface TrainingRun {
  readonly network: Network;
  readonly model: StepModel;
  readonly runStep: StepRunner;
  readonly feed: BatchFeed;
  readonly length: TrainingLength;
  readonly digest: string;
  state: TrainingState;
  /** Steps done. */
  step: number;
  ledger: Ledger;
}

/** Builds everything, and takes up the last checkpoint if there is one. */
export async function prepareRun({ config, seed, data, mode = 'recorded', precision = 'float32', checkpointFolder, inputWorkers, weights, start }: RunOptions, io: CheckpointIo): Promise<TrainingRun> {
  const { optimiser, schedule } = config;
  const { classes } = data;
  const length = trainingLength(schedule, data.labels.length);
  const network = buildBackbone(config.backbone, inputSizeOf(data));
  const whole = resolveLoss(config.loss);
  const loss = schedule.lossPerExit === true ? lossPerExit(whole, network) : whole;
  const layout = trainingLayout(network, { loss, classes });
  const { sampleRate } = schedule;
  const rows = rowsOf(schedule);
  const sampling = sampleRate === undefined ? undefined : sampledLayout(network, { loss, classes }, sampleSize(sampleRate, classes, rows));
  const rule = updateRule(optimiser, sampling?.sampled ?? layout, schedule.gradientClip);
  const digest = runDigest(config, { mode, precision, start: start?.digest }, seed, data);
  const model = { network, layout, ...(sampling && { sampling }), loss, rule, batchNormMomentum: schedule.batchNormMomentum };
  const fresh: TrainingRun = {
    network,
    model,
    runStep: stepRunner(model, { mode, precision }),
    feed: batchFeed({
      config,
      network,
      annealed: loss.entry.annealed ?? [],
      draws: loss.entry.draws?.(rows, network.embeddingDim, loss.options) ?? {},
      data,
      length,
      seed,
      workers: inputWorkers,
    }),
    length,
    digest,
    state: initialState(network, { loss, classes }, rule.slots, seed, start === undefined ? loadedWeights(config.backbone, network, weights) : copied(start)),
    step: 0,
    ledger: emptyLedger,
  };
  return checkpointFolder === undefined ? fresh : resume(fresh, checkpointFolder, io);
}

function copied({ parameters, statistics, lossParameters }: StartingPoint): StartValues {
  const copy = (tensors: NamedTensors): NamedTensors => Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
  return { parameters: copy(parameters), statistics: copy(statistics), lossParameters: copy(lossParameters) };
}

function loadedWeights(backbone: TrainingConfig['backbone'], network: Network, weights: RunOptions['weights']): StartValues | undefined {
  if ((weights === undefined) !== (backbone.weights === undefined)) {
    throw new RangeError('prepareRun: weights and backbone.weights, which is their identity, must be given together');
  }
  if (weights === undefined) return undefined;
  try {
    return fromStateDict(network, stateDictModules(backbone), weights);
  } catch (cause) {
    // the file is wrong, not the run
    throw new HypersphereError(cause instanceof Error ? cause.message : String(cause), { exitCode: 2, cause });
  }
}

async function resume(fresh: TrainingRun, folder: string, io: CheckpointIo): Promise<TrainingRun> {
  const saved = await loadCheckpoint<Ledger>(folder, fresh.digest, io);
  if (saved === undefined) return fresh;
  const state = stateOf(saved.tensors, fresh.state);
  tf.dispose(fresh.state);
  io.log?.(`resuming at step ${saved.step} of ${fresh.length.steps}`);
  return { ...fresh, state, step: saved.step, ledger: saved.progress };
}

/** Writes where the training stands. */
export async function saveRun(run: TrainingRun, folder: string, io: CheckpointIo): Promise<void> {
  await saveCheckpoint(folder, { step: run.step, runDigest: run.digest, progress: run.ledger, tensors: hostTensors(run.state) }, io);
}

/** Parameters of the backbone and of the loss by name, as new tensors. */
export function trainedParameters({ state, model }: TrainingRun): { parameters: Tensors; lossParameters: Tensors } {
  const parts = unflatten(state.vector, model.layout);
  return { parameters: named(parts, model.layout, 'backbone'), lossParameters: named(parts, model.layout, 'loss') };
}
