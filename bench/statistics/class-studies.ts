import type { MetricName } from '@hypersphere/evaluation';

import { classTruth, type TruthOptions } from './class-truth';
import { evaluated, MODELS, ofPairs, ofSets, type Model } from './class-model';
import { COVERS, type Measure, type Study } from './study';

const METRICS: readonly MetricName[] = [...ofPairs, ...ofSets];
const measures: readonly Measure[] = METRICS.map((what) => ({ what, aim: 'coverage', bounds: COVERS }));

/** Intervals of one run over its classes: pairs share classes and images. */
export function classStudies(options: TruthOptions): Study[] {
  return MODELS.flatMap((model) => [50, 200].map((classes) => ofClasses(model, classes, options)));
}

function ofClasses(model: Model, classes: number, options: TruthOptions): Study {
  let truth: ReturnType<typeof classTruth> | undefined;
  return {
    data: model.name, n: classes, of: 'classes', dear: classes === 50 ? 10 : 40, measures,
    trial: (random) => {
      truth ??= classTruth(model, classes, options);
      const found = evaluated(random, { model, classes, replicates: 200 });
      return METRICS.map((name) => {
        const { low = NaN, high = NaN } = found[name]!;
        return low <= truth![name]! && truth![name]! <= high;
      });
    },
  };
}
