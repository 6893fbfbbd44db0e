import * as tf from '@tensorflow/tfjs';
import { forward, type Network } from '@hypersphere/backbones';
import type { ResolvedLoss } from '@hypersphere/core-losses';
import { inFullPrecision } from '@hypersphere/engine/recording';

import { asVector, named, unflatten, type Layout } from './layout';
import type { Slots } from './optimisers';
import { gatherVectors, scatterVectors, type SampledLayout } from './sampled-step';
import type { UpdateRule } from './update';

export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** All that one step hands to the next. A type, so that tfjs takes it as a container of tensors. */
export type TrainingState = {
  /** float32 `[layout.size]`: every trainable value, the backbone's and the loss's. */
  readonly vector: tf.Tensor1D;
  /** Vectors of the optimiser, each as long as `vector`. */
  readonly slots: Slots;
  /** Running means and variances of batch normalisation. */
  readonly statistics: Tensors;
  /** What the loss carries along without training it. */
  readonly lossState: Tensors;
};

/** What a step is fed besides the state. */
export type StepInputs = {
  /** float32 `[n, h, w, c]`, or what else the network takes. */
  readonly images: tf.Tensor;
  /** int32 `[n]` */
  readonly labels: tf.Tensor1D;
  readonly learningRate: tf.Scalar;
  /** float32, from 1 */
  readonly step: tf.Scalar;
  /** With a sample of the classes: which, int32 `[k]` ascending, and the labels as places among them, int32 `[n]`. */
  readonly sample?: { readonly classes: tf.Tensor1D; readonly labels: tf.Tensor1D };
  /** Scalars that the loss takes from the schedule. */
  readonly annealed: Readonly<Record<string, tf.Scalar>>;
  /** Keep-masks of 1 and 0, by dropout layer. */
  readonly dropoutMasks: Tensors;
  /** Random numbers that the loss takes. */
  readonly draws: Tensors;
};

export type StepOutput = {
  readonly state: TrainingState;
  readonly loss: tf.Scalar;
  /** Global norm before clipping and weight decay. */
  readonly gradientNorm: tf.Scalar;
  /** float32 `[n, d]`, of this batch before the update. */
  readonly embeddings: tf.Tensor2D;
};

/** What stays the same during a training. */
export interface StepModel {
  readonly network: Network;
  /** Of the whole state. */
  readonly layout: Layout;
  /** Where a step has a sample of the classes only: what `rule` is made for. */
  readonly sampling?: SampledLayout;
  readonly loss: ResolvedLoss;
  readonly rule: UpdateRule;
  readonly batchNormMomentum: number;
}

/**
 * One training step, a pure function of tensors: forward pass, loss, gradient, update.
 *
 * Shapes are fixed and no value is read, so it can be recorded and replayed as one graph.
 *
 * @returns new tensors, owned by the caller; the arguments stay as they are
 */
export function trainingStep(model: StepModel, state: TrainingState, inputs: StepInputs): StepOutput {
  return tf.tidy(() => {
    const { sampling } = model;
    if (sampling === undefined) return stepOfAll(model, state, inputs);
    const part = takingPart(model, state, inputs);
    const { state: next, ...output } = stepOfAll(part.model, part.state, part.inputs);
    return { ...output, state: { ...next, ...scatterVectors(state, next, sampleOf(inputs).classes, sampling) } };
  });
}

/** What a step is computed on: of a training on samples the rows of the sampled classes, as if there were no others. */
export function takingPart(model: StepModel, state: TrainingState, inputs: StepInputs): { model: StepModel; state: TrainingState; inputs: StepInputs } {
  const { sampling } = model;
  if (sampling === undefined) return { model, state, inputs };
  const { classes, labels } = sampleOf(inputs);
  return { model: { ...model, layout: sampling.sampled }, state: { ...state, ...gatherVectors(state, classes, sampling) }, inputs: { ...inputs, labels } };
}

function sampleOf({ sample }: StepInputs): NonNullable<StepInputs['sample']> {
  if (sample === undefined) throw new RangeError('trainingStep: a model with sampling needs inputs.sample');
  return sample;
}

function stepOfAll(model: StepModel, state: TrainingState, inputs: StepInputs): StepOutput {
  const { loss, gradients, embeddings, statistics, lossState } = lossGradients(model, state, inputs);
  const { parameters, slots, gradientNorm } = model.rule.apply({
    parameters: state.vector,
    gradient: tf.concat1d(gradients.map(asVector)),
    slots: state.slots,
    learningRate: inputs.learningRate,
    step: inputs.step,
  });
  return { state: { vector: parameters, slots, statistics, lossState }, loss, gradientNorm, embeddings };
}

/** A forward pass and the gradient of its loss in each trainable tensor, in the order of the layout. */
export function lossGradients(model: StepModel, state: TrainingState, inputs: StepInputs): ForwardPass & { gradients: tf.Tensor[] } {
  let pass: ForwardPass | undefined;
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
    pass = keepPass(forwardPass(model, values, state, inputs));
    return pass.loss;
  })(unflatten(state.vector, model.layout));
  if (pass === undefined) throw new TypeError('lossGradients: the forward pass did not run');
  return { ...pass, loss: value, gradients: grads };
}

export type ForwardPass = {
  readonly loss: tf.Scalar;
  readonly embeddings: tf.Tensor2D;
  readonly statistics: Tensors;
  readonly lossState: Tensors;
};

/**
 * Embeddings and loss of a batch in training mode.
 *
 * @param values trainable tensors in the order of the layout
 */
export function forwardPass(model: StepModel, values: readonly tf.Tensor[], state: TrainingState, inputs: StepInputs): ForwardPass {
  const { network, layout, loss, batchNormMomentum: momentum } = model;
  const { images, labels, annealed, dropoutMasks, draws } = inputs;
  const parameters = named(values, layout, 'backbone');
  const { embedding, statistics } = forward(network, parameters, state.statistics, images, { training: true, momentum, dropoutMasks });
  const parts = { embeddings: embedding, labels, parameters: named(values, layout, 'loss'), state: state.lossState, annealed, draws };
  // Cosines in bfloat16, times a scale of 64, would be off by an eighth.
  const output = inFullPrecision(() => loss.entry.apply({ ...parts, options: loss.options }));
  const given = new Set<tf.Tensor>([...Object.values(state.statistics), ...Object.values(state.lossState)]);
  return {
    loss: output.loss,
    embeddings: embedding,
    statistics: fresh(statistics, given),
    lossState: fresh(output.state ?? state.lossState, given),
  };
}

/** Tensors that are not the ones given, so that old and new state can be disposed of apart. */
function fresh(tensors: Tensors, given: ReadonlySet<tf.Tensor>): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, given.has(tensor) ? tf.clone(tensor) : tensor]));
}

/** Keeps what a gradient's scope would dispose of; the loss itself is handed out by it. */
function keepPass(pass: ForwardPass): ForwardPass {
  for (const tensor of [pass.embeddings, ...Object.values(pass.statistics), ...Object.values(pass.lossState)]) tf.keep(tensor);
  return pass;
}
