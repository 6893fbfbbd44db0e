import * as tf from '@tensorflow/tfjs';

import type { OptimiserConfig, ScheduleConfig } from './config';
import type { DecayGroup, Layout } from './layout';
import { makeOptimiser, type Slots, type UpdateInputs } from './optimisers';

export interface UpdateRule {
  readonly slots: readonly string[];
  /** Clips, decays and updates; the norm is the gradient's before clipping and decay. */
  readonly apply: (inputs: UpdateInputs) => { parameters: tf.Tensor1D; slots: Slots; gradientNorm: tf.Scalar };
  /** What `apply` uses besides its inputs. */
  readonly constants: readonly tf.Tensor[];
  readonly dispose: () => void;
}

/** PyTorch's `clip_grad_norm_` adds this to the norm that it divides by. */
const CLIP_EPSILON = 1e-6;

/**
 * The whole update of the flat vector: gradient clipping, weight decay where the config wants it, own learning rates.
 *
 * @param config optimiser and what it decays
 * @param layout places, decay groups and learning-rate multipliers of the parameters
 * @param clip global norm to clip to, if any
 * @returns a pure rule over float32 vectors `[layout.size]`; it holds constants until `dispose`
 */
export function updateRule(config: OptimiserConfig, layout: Layout, clip?: ScheduleConfig['gradientClip']): UpdateRule {
  const optimiser = makeOptimiser(config);
  const decay = decayStrengths(config, layout);
  const rates = rateMultipliers(config, layout);
  const constants: Constants = tf.tidy(() => ({
    decay: decay.every((value) => value === 0) ? undefined : tf.keep(isEven(decay) ? tf.scalar(decay[0] as number) : tf.tensor1d(decay)),
    ownRates: rates.every((value) => value === 1)
      ? undefined
      : { rates: tf.keep(tf.tensor1d(rates)), zeros: tf.keep(tf.zeros<tf.Rank.R1>([layout.size])) },
  }));
  return {
    slots: optimiser.slots,
    apply: (inputs) =>
      tf.tidy(() => {
        const gradientNorm = tf.sqrt<tf.Scalar>(tf.sum(tf.square(inputs.gradient)));
        const clipped = clip === undefined ? inputs.gradient : clipTo(inputs.gradient, layout, clip);
        const decayed = withDecay({ ...inputs, gradient: clipped }, constants, optimiser.decoupledDecay);
        return { ...withRates(decayed, constants.ownRates, optimiser.update), gradientNorm };
      }),
    constants: [constants.decay ?? [], constants.ownRates === undefined ? [] : Object.values(constants.ownRates)].flat(),
    dispose: () => tf.dispose([constants]),
  };
}

/** Weight decay of each value of the flat vector. */
export function decayStrengths(config: OptimiserConfig, layout: Layout): Float32Array {
  const { weightDecay = 0, decayNormalisation = false, decayBias = false, decayPrelu = false, decayLoss = true } = config;
  const wanted: Record<DecayGroup, boolean> = {
    weight: true,
    normalisation: decayNormalisation,
    bias: decayBias,
    prelu: decayPrelu,
    loss: decayLoss,
    none: false,
  };
  return spread(layout, ({ decay }) => (wanted[decay] ? weightDecay : 0));
}

/** Learning rate of each value of the flat vector, as a multiple of the base rate. */
export function rateMultipliers(config: OptimiserConfig, layout: Layout): Float32Array {
  const { learningRate, lossLearningRate = learningRate } = config;
  const own = { backbone: 1, loss: lossLearningRate / learningRate };
  return spread(layout, ({ owner, learningRateMultiplier }) => own[owner] * learningRateMultiplier);
}

const isEven = (values: Float32Array): boolean => values.every((value) => value === values[0]);

function spread(layout: Layout, valueOf: (entry: Layout['entries'][number]) => number): Float32Array {
  const values = new Float32Array(layout.size);
  for (const entry of layout.entries) values.fill(valueOf(entry), entry.offset, entry.offset + entry.size);
  return values;
}

function clipTo(gradient: tf.Tensor1D, layout: Layout, { norm, scope = 'all' }: NonNullable<ScheduleConfig['gradientClip']>): tf.Tensor1D {
  const length = scope === 'all' ? layout.size : layout.backboneSize;
  const part = length === layout.size ? gradient : tf.slice1d(gradient, 0, length);
  const measured = tf.sqrt(tf.sum(tf.square(part)));
  const scaled = tf.mul<tf.Tensor1D>(part, tf.minimum(1, tf.div(norm, tf.add(measured, CLIP_EPSILON))));
  return length === layout.size ? scaled : tf.concat1d([scaled, tf.slice1d(gradient, length, layout.size - length)]);
}

type OwnRates = {
  readonly rates: tf.Tensor1D;
  readonly zeros: tf.Tensor1D;
};

type Constants = {
  /** For each value, or one for all. */
  readonly decay: tf.Tensor | undefined;
  readonly ownRates: OwnRates | undefined;
};

function withDecay(inputs: UpdateInputs, { decay, ownRates }: Constants, decoupled: boolean): UpdateInputs {
  if (decay === undefined) return inputs;
  const { parameters, gradient, learningRate } = inputs;
  const pull = tf.mul<tf.Tensor1D>(decay, parameters);
  if (!decoupled) return { ...inputs, gradient: tf.add(gradient, pull) };
  const shrink = tf.mul(learningRate, ownRates === undefined ? pull : tf.mul(ownRates.rates, pull));
  return { ...inputs, parameters: tf.sub(parameters, shrink) };
}

/** With own rates the update runs from zero, so that it gives the change alone, and the change is scaled. */
function withRates(
  inputs: UpdateInputs,
  ownRates: OwnRates | undefined,
  update: (inputs: UpdateInputs) => { parameters: tf.Tensor1D; slots: Slots },
): { parameters: tf.Tensor1D; slots: Slots } {
  if (ownRates === undefined) return update(inputs);
  const { parameters: change, slots } = update({ ...inputs, parameters: ownRates.zeros });
  return { parameters: tf.add(inputs.parameters, tf.mul(ownRates.rates, change)), slots };
}
