import { networkUpTo, type Network } from '@hypersphere/backbones';
import { takeImages, type ImageSet, type LoadedData } from '@hypersphere/data';
import { linearProbe, probeAccuracy, type Labelled, type Probe } from '@hypersphere/evaluation';
import { embed, type TrainResult } from '@hypersphere/training';

import { corruptedAccuracies, corruptionMetrics, someImages } from './measure-corruptions';
import { trainingGeometry, type Measured } from './measure-run';
import type { PlannedRun } from './plan';

/** A linear classifier on the output of a network. */
interface Classifier {
  readonly network: Network;
  readonly probe: Probe;
}

/** Order of the probe's samples; equal for all variants. */
const PROBE_SEED = 0;

/**
 * The second stage: a linear classifier on frozen features of the encoder, in front of the projection. It is trained on the
 * training images as they are, its rate is chosen on held-out images, and it meets the measured images once.
 * `classification.top1` is of the network's own classifier where there is one and the config does not ask for the probe.
 *
 * @throws RangeError without `evaluation.probe`, or if the backbone has no such layer
 * @see Khosla et al., Supervised Contrastive Learning, section 3.1, https://arxiv.org/abs/2004.11362
 */
export async function measureProbe(trained: TrainResult, data: LoadedData, { config }: PlannedRun): Promise<Measured> {
  const { probe: plan, split } = config.evaluation;
  if (plan === undefined) throw new RangeError("measureProbe: evaluation.probe is needed with kind 'probe', got none");
  const encoder = networkUpTo(trained.network, plan.features);
  const { heldOut, measured } = sides(data, split);
  const features = (set: ImageSet): Labelled => outputs(encoder, trained, set);
  const { classes } = data.train;
  const { top1, top5, learningRate, probe, heldOut: tried } = linearProbe({
    train: features(data.train),
    heldOut: features(heldOut),
    test: features(measured),
    classes,
    rates: plan.learningRates,
    epochs: plan.epochs,
    batchSize: plan.batchSize,
    seed: PROBE_SEED,
  });
  const own = plan.classifier === 'own' && config.loss.name === 'softmax' ? ownClassifier(trained, classes) : undefined;
  const classifier = own ?? { network: encoder, probe };
  const ownTop = own === undefined ? { top1, top5 } : topOf(own, outputs(own.network, trained, measured));
  const accuracy = (set: ImageSet): number => probeAccuracy(outputs(classifier.network, trained, set), classifier.probe);
  const corrupted = plan.corruptedImages === 0 || split === 'validation' ? undefined : await corruptedAccuracies(someImages(measured, plan.corruptedImages), accuracy);
  const training = trainingGeometry(trained, data.train);
  return {
    metrics: {
      'classification.top1': { value: ownTop.top1 },
      'classification.top5': { value: ownTop.top5 },
      'classification.probeTop1': { value: top1 },
      'classification.probeTop5': { value: top5 },
      ...(corrupted === undefined ? {} : corruptionMetrics(corrupted)),
      ...training.metrics,
    },
    series: { probe: { learningRate, heldOut: tried }, ...(corrupted === undefined ? {} : { corruptions: corrupted }) },
  };
}

/** A search sees no test image: of the validation images every other one chooses the rate, and the rest are measured. */
export function sides({ validation, test }: LoadedData, split: 'validation' | 'test'): { readonly heldOut: ImageSet; readonly measured: ImageSet } {
  if (split === 'test') return { heldOut: validation, measured: test };
  const every = Array.from(validation.labels.keys());
  return { heldOut: takeImages(validation, every.filter((at) => at % 2 === 0)), measured: takeImages(validation, every.filter((at) => at % 2 === 1)) };
}

/** What softmax trained on the embedding: prototypes `[c, d]` and, unless left out, biases `[c]`. */
function ownClassifier({ network, lossParameters }: TrainResult, classes: number): Classifier | undefined {
  const { prototypes, bias } = lossParameters;
  if (prototypes === undefined) return undefined;
  const dim = network.embeddingDim;
  const rows = prototypes.dataSync<'float32'>();
  const weight = Float32Array.from({ length: dim * classes }, (_, at) => rows[(at % classes) * dim + Math.floor(at / classes)] ?? NaN);
  return { network, probe: { weight, bias: bias?.dataSync<'float32'>() ?? new Float32Array(classes) } };
}

const topOf = ({ probe }: Classifier, set: Labelled): { top1: number; top5: number } => ({ top1: probeAccuracy(set, probe), top5: probeAccuracy(set, probe, 5) });

/** What a network gives for the images of a set, with their labels. */
function outputs(network: Network, trained: TrainResult, set: ImageSet): Labelled {
  return { embeddings: embed(network, trained, set), dim: network.embeddingDim, labels: set.labels };
}
