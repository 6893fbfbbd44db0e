import { classMultiplicities, gapOverSeedsAndClasses } from '@hypersphere/evaluation';
import type { RandomStream } from '@hypersphere/engine';

import { covers, SEEDS } from './interval-studies';
import { COVERS, type Study } from './study';

/** Deviations of the parts of a gap: of a seed, of a class, and of a seed on a class. */
interface Parts {
  readonly name: string;
  readonly seed: number;
  readonly class: number;
  readonly both: number;
}

const CASES: readonly Parts[] = [
  { name: 'seeds outweigh classes', seed: 0.01, class: 0.02, both: 0.02 },
  { name: 'seeds and classes weigh alike', seed: 0.01, class: 0.1, both: 0.1 },
  { name: 'classes outweigh seeds', seed: 0.001, class: 0.15, both: 0.05 },
];

/** Gaps whose interval is to hold for other seeds and other classes: the pairs of all runs share their classes. */
export function crossedStudies(): Study[] {
  return SEEDS.flatMap((n) => CASES.flatMap((parts) => [50, 200].map((classes) => ofCrossed(n, classes, parts))));
}

function ofCrossed(n: number, classes: number, parts: Parts): Study {
  const multiplicities = classMultiplicities(classes, 200, 0);
  return {
    data: `${classes} classes, ${parts.name}`, n, of: 'seeds', dear: 4,
    measures: [{ what: 'gap over seeds and classes', aim: 'coverage', bounds: COVERS }],
    trial: (random) => {
      const runs = gapsByClass(random, { n, classes, parts });
      const gaps = runs.map((run) => run.reduce((sum, gap) => sum + gap, 0) / classes);
      const replicates = runs.map((run) => multiplicities.map((weights) => weights.reduce((sum, weight, k) => sum + weight * run[k]!, 0) / classes));
      return [covers(gapOverSeedsAndClasses({ gaps, replicates }), 0)];
    },
  };
}

/** `[seed][class]`, 0 on average. */
function gapsByClass(random: RandomStream, { n, classes, parts }: { readonly n: number; readonly classes: number; readonly parts: Parts }): number[][] {
  const ofClass = Array.from({ length: classes }, () => parts.class * random.normal());
  return Array.from({ length: n }, () => {
    const ofSeed = parts.seed * random.normal();
    return ofClass.map((own) => ofSeed + own + parts.both * random.normal());
  });
}
