import * as tf from '@tensorflow/tfjs';

import { describeDivergence, type Diagnosis } from './diagnosis/diagnosis';
import { embeddingHealth } from './diagnosis/embedding-health';
import { collapsed, smoothedLoss, withPoint, withStep } from './ledger';
import { named, unflatten } from './layout';
import type { StepInputs, StepOutput } from './step';
import type { MetricValues, TrainOptions } from './train-options';
import { trainedParameters, type TrainingRun } from './training-run';

export interface PointSchedule {
  readonly points: ReadonlySet<number>;
  readonly validation: ReadonlySet<number>;
}

/** One step of the run, with the curve point and the judgement that are due after it. */
export async function advance(run: TrainingRun, options: TrainOptions, schedule: PointSchedule): Promise<Diagnosis | undefined> {
  const start = performance.now();
  const inputs = await run.feed(run.step);
  const fed = performance.now();
  const output = run.runStep(run.state, inputs);
  const [loss, norm] = [output.loss.dataSync()[0] as number, output.gradientNorm.dataSync()[0] as number];
  if (!Number.isFinite(loss) || !Number.isFinite(norm)) {
    const diagnosis = describeDivergence(run, inputs, { loss, gradientNorm: norm });
    tf.dispose([inputs, output]);
    return diagnosis;
  }
  const step = run.step + 1;
  const wantsPoint = schedule.points.has(step) || schedule.validation.has(step);
  const point = wantsPoint ? pointOf(run, inputs, output, options.data.classes) : undefined;
  const { state, ...rest } = output;
  tf.dispose([run.state, inputs, rest]);
  Object.assign(run, { state, step, ledger: withStep(run.ledger, loss, { seconds: (performance.now() - start) / 1000, waitSeconds: (fed - start) / 1000 }) });
  if (point === undefined) return undefined;
  const validation = schedule.validation.has(step) ? await measure(run, options) : undefined;
  run.ledger = withPoint(run.ledger, { ...point, step, validation });
  const reason = collapsed(run.ledger, run.length.steps, options.data.classes);
  if (reason === undefined) return undefined;
  return { reason: 'collapsed', step, loss: smoothedLoss(run.ledger), learningRate: point.learningRate, message: reason };
}

/** Learning rate and embeddings' health of the step just computed, against the prototypes that it used. */
function pointOf({ model, state }: TrainingRun, inputs: StepInputs, { embeddings }: StepOutput, classes: number) {
  return tf.tidy(() => {
    const { prototypes } = named(unflatten(state.vector, model.layout), model.layout, 'loss') as { prototypes?: tf.Tensor2D };
    const health = embeddingHealth({ embeddings, labels: inputs.labels, ...(prototypes === undefined ? {} : { prototypes }), classes });
    return { learningRate: inputs.learningRate.dataSync()[0] as number, health };
  });
}

async function measure(run: TrainingRun, { validation }: TrainOptions): Promise<MetricValues | undefined> {
  const { parameters, lossParameters } = trainedParameters(run);
  try {
    return await validation?.measure({ network: run.network, parameters, statistics: run.state.statistics, step: run.step });
  } finally {
    tf.dispose([parameters, lossParameters]);
  }
}
