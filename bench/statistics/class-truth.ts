import { mean, type MetricName } from '@hypersphere/evaluation';
import { randomStream, type RandomStream } from '@hypersphere/engine';

import { drawClass, evaluated, ofSets, type Model } from './class-model';

export interface TruthOptions {
  /** Classes drawn for the truth of metrics of pairs: the error of the truth is that of so many, small against a test set's. */
  readonly drawn: number;
  /** Test sets drawn for the truth of metrics that depend on their size. */
  readonly sets: number;
  readonly seed: number;
}

/** What metrics would be on all classes that there could be, from very many drawn ones. */
export function classTruth(model: Model, classes: number, { drawn, sets, seed }: TruthOptions): Partial<Record<MetricName, number>> {
  const found = Array.from({ length: sets }, (_, at) => evaluated(setStream(seed, model, classes, at), { model, classes, replicates: 0 }));
  return {
    ...pairTruth(randomStream(seed, 'generated-data', 'truth', model.name), model, drawn),
    ...Object.fromEntries(ofSets.map((name) => [name, mean(found.map((metrics) => metrics[name]!.value))])),
  };
}

const setStream = (seed: number, model: Model, classes: number, at: number): RandomStream => randomStream(seed, 'generated-data', 'truth', model.name, classes, at);

function cosine(a: Float32Array, b: Float32Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    ab += a[at]! * b[at]!;
    aa += a[at]! ** 2;
    bb += b[at]! ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Two images of each drawn class; impostors are a hundred times as many pairs of images of different classes. */
function pairTruth(random: RandomStream, model: Model, drawn: number): Partial<Record<MetricName, number>> {
  const images = Array.from({ length: drawn }, () => {
    const image = drawClass(random, model);
    return [image(), image()] as const;
  });
  const genuine = Float32Array.from(images, ([one, other]) => cosine(one, other)).sort();
  const impostors = Float32Array.from({ length: 100 * drawn }, () => {
    const own = random.integer(drawn);
    const other = (own + 1 + random.integer(drawn - 1)) % drawn;
    return cosine(images[own]![random.integer(2)]!, images[other]![random.integer(2)]!);
  }).sort();
  return metricsOf(genuine, impostors);
}

/** @param genuine cosines, ascending @param impostors the same */
function metricsOf(genuine: Float32Array, impostors: Float32Array): Partial<Record<MetricName, number>> {
  const tar = (far: number): number => 1 - below(genuine, impostors[Math.floor((1 - far) * impostors.length)]!) / genuine.length;
  let [area, eer] = [0, Number.NaN];
  for (let at = 0; at < genuine.length; at++) {
    const rejected = below(impostors, genuine[at]!) / impostors.length;
    area += rejected / genuine.length;
    if (Number.isNaN(eer) && at / genuine.length >= 1 - rejected) eer = 1 - rejected;
  }
  return { 'verification.tarAtFar1e-2': tar(1e-2), 'verification.tarAtFar1e-3': tar(1e-3), 'verification.auc': area, 'verification.eer': eer };
}

/** How many values lie below; a binary search. */
function below(sorted: Float32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
