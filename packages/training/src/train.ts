import * as tf from '@tensorflow/tfjs';

import { advance, type PointSchedule } from './advance';
import { pointSteps, smoothedLoss } from './ledger';
import { rowsOf } from './input/host-batch';
import { learningRateAt } from './schedules';
import type { Progress, TrainOptions, TrainResult } from './train-options';
import { prepareRun, saveRun, trainedParameters, type TrainingRun } from './training-run';

/**
 * Trains a backbone and a loss on a set of images, or of rows, on the backend in use.
 *
 * Weights depend on config, seed, images, backend, mode and number of threads alone: interrupted and resumed from
 * `checkpointFolder`, they are the same to the bit.
 *
 * @param options what to train, and whom to tell
 * @returns the trained tensors, the learning curve, and a diagnosis if the loss left the finite numbers or the embeddings collapsed
 * @throws HypersphereError if a checkpoint cannot be written or belongs to another run
 */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const run = await prepareRun(options, options);
  try {
    return resultOf(run, options, await untilEnd(run, options));
  } finally {
    await run.feed.dispose();
    run.runStep.dispose();
    run.model.rule.dispose();
    tf.dispose([run.state.vector, run.state.slots, run.state.lossState]);
  }
}

type Ending = Pick<TrainResult, 'status' | 'diagnosis'>;

async function untilEnd(run: TrainingRun, options: TrainOptions): Promise<Ending> {
  const { signal, checkpointFolder: folder, checkpointSeconds = 20, checkpointSteps = Infinity, curvePoints = 100, validation } = options;
  const { steps } = run.length;
  const schedule: PointSchedule = { points: pointSteps(steps, curvePoints), validation: pointSteps(steps, validation?.points ?? 0) };
  const started = { step: run.step, at: performance.now() };
  let saved = { step: run.step, at: started.at };
  const save = async (): Promise<void> => {
    if (folder !== undefined && saved.step !== run.step) await saveRun(run, folder, options);
    saved = { step: run.step, at: performance.now() };
  };
  while (run.step < steps) {
    await new Promise(setImmediate); // lets signals and messages in
    if (signal?.aborted === true) {
      await save();
      return { status: 'interrupted' };
    }
    const diagnosis = await advance(run, options, schedule);
    if (diagnosis !== undefined) return { status: 'diverged', diagnosis };
    options.onProgress?.(progressOf(run, options, started));
    if (performance.now() - saved.at >= 1000 * checkpointSeconds || run.step % checkpointSteps === 0) await save();
  }
  await save();
  return { status: 'done' };
}

interface Start {
  readonly step: number;
  /** Milliseconds. */
  readonly at: number;
}

function progressOf(run: TrainingRun, { config }: TrainOptions, started: Start): Progress {
  const { steps } = run.length;
  const learningRate = learningRateAt(config.optimiser.learningRate, config.schedule, run.length, run.step - 1);
  const stepsPerSecond = (1000 * (run.step - started.step)) / Math.max(1e-3, performance.now() - started.at);
  const loss = smoothedLoss(run.ledger);
  return { step: run.step, steps, loss, learningRate, stepsPerSecond, secondsLeft: (steps - run.step) / stepsPerSecond };
}

function resultOf(run: TrainingRun, { config }: TrainOptions, ending: Ending): TrainResult {
  const { step: steps, ledger, network, state, digest } = run;
  const { seconds, waitSeconds, curve } = ledger;
  const examplesPerSecond = seconds === 0 ? 0 : (steps * rowsOf(config.schedule)) / seconds;
  return { ...ending, network, ...trainedParameters(run), statistics: state.statistics, digest, curve, steps, seconds, waitSeconds, examplesPerSecond };
}
