import { labelledRows } from '../checks';
import { classOrder } from '../classes';
import type { BinnedRoc } from '../bootstrap/binned-roc';
import { binOf, emptyPairBins, type PairBins } from '../bootstrap/pair-bins';
import { pairBootstrap, type PairReplicate } from '../bootstrap/pair-bootstrap';
import { angleBins } from '../geometry/angle-histogram';
import { overlap } from '../geometry/overlap';
import type { Section } from '../metrics/metric-value';
import { allPairs, type AllPairs } from '../verification/all-pairs';
import { auc } from '../verification/auc';
import { equalErrorRate } from '../verification/eer';
import { farLevels, type FarLevel } from '../verification/far-levels';
import type { RocCounts } from '../verification/roc-counts';
import { rocSeries } from '../verification/roc-series';
import { tarAtFar, tarAtNearestFar } from '../verification/tar-at-far';
import { collector, type Collector } from './measured';
import type { Evaluation } from './options';

/** Above this many pairs the bootstrap's 2 bytes a pair are too many: values then come without intervals. */
const MOST_BOOTSTRAPPED = 60_000_000;
const OVERLAP_BINS = 200;

const levels = Object.keys(farLevels) as FarLevel[];

/** Verification over all pairs, their angles and their separation. */
export function pairsSection(evaluation: Evaluation): Section {
  const { binDegrees = 2, multiplicities, groups } = evaluation;
  const { n } = labelledRows('evaluateEmbeddings', evaluation, groups);
  const bootstrapped = multiplicities.length > 0 && (n * (n - 1)) / 2 <= MOST_BOOTSTRAPPED;
  const store = bootstrapped ? emptyPairBins(n) : undefined;
  const angles = { genuine: angleBins(binDegrees), impostors: angleBins(binDegrees) };
  const densities = { genuine: new Float64Array(OVERLAP_BINS), impostors: new Float64Array(OVERLAP_BINS) };
  let highest = -Infinity;
  const order = classOrder(evaluation.labels).order;
  const groupAt = groups && order.map((sample) => groups[sample]!);
  const pairs = allPairs({
    ...evaluation,
    onImpostors({ first, from, to, values, offset }) {
      angles.impostors.add(values, offset + from, offset + to);
      for (let second = from; second < to; second++) {
        const cosine = values[offset + second]!;
        if (cosine > highest) highest = cosine;
        densities.impostors[densityBin(cosine)]!++;
      }
      if (store === undefined) return;
      const pair = store.offsets[first]!;
      for (let second = from; second < to; second++) {
        store.bins[pair + second] = packed(values[offset + second]!, groupAt !== undefined && groupAt[first] === groupAt[second]);
      }
    },
  });
  const { scores } = pairs.genuine;
  angles.genuine.add(scores, 0, scores.length);
  scores.forEach((cosine) => densities.genuine[densityBin(cosine)]!++);
  const found = collector(evaluation.multiplicities);
  addPairMetrics(found, pairs, replicatesOf(pairs, store, multiplicities));
  found.add('geometry.gap', pairs.genuine.scores.reduce((low, score) => Math.min(low, score), Infinity) - highest);
  found.add('geometry.overlap', overlap(densities.genuine, densities.impostors));
  return found.section({
    roc: rocSeries(pairs.counts),
    ...(pairs.sameGroup && { rocSameGroup: rocSeries(pairs.sameGroup) }),
    angles: { binDegrees, genuine: angles.genuine.counts, impostors: angles.impostors.counts },
  });
}

const densityBin = (cosine: number): number => Math.min(OVERLAP_BINS - 1, Math.max(0, Math.floor(((cosine + 1) * OVERLAP_BINS) / 2)));
const packed = (cosine: number, sameGroup: boolean): number => binOf(cosine) | (sameGroup ? 0x8000 : 0);

function replicatesOf(pairs: AllPairs, store: PairBins | undefined, multiplicities: readonly Float64Array[]): PairReplicate[] {
  if (store === undefined) return [];
  const { genuine, classes } = pairs;
  return pairBootstrap({ genuine, classes, pairs: store, fars: Object.values(farLevels) }, multiplicities);
}

function addPairMetrics(found: Collector, { counts, sameGroup }: AllPairs, replicates: readonly PairReplicate[]): void {
  addRocMetrics(found, counts, '', replicates.map((replicate) => replicate.all));
  for (const level of levels) {
    found.add(`verification.tarAtFar${level}Nearest`, tarAtNearestFar(counts, farLevels[level]), { n: counts.impostors });
  }
  if (sameGroup === undefined || sameGroup.impostors === 0) return;
  addRocMetrics(found, sameGroup, 'SameGroup', replicates.map((replicate) => replicate.sameGroup));
}

function addRocMetrics(found: Collector, counts: RocCounts, suffix: '' | 'SameGroup', replicates: readonly BinnedRoc[]): void {
  const n = counts.impostors;
  levels.forEach((level, at) => {
    const value = tarAtFar(counts, farLevels[level]);
    found.add(`verification.tarAtFar${level}${suffix}`, value, { n, replicates: replicates.map(({ tars }) => tars[at]!) });
  });
  found.add(`verification.auc${suffix}`, auc(counts), { n, replicates: replicates.map((drawn) => drawn.auc) });
  found.add(`verification.eer${suffix}`, equalErrorRate(counts), { n, replicates: replicates.map((drawn) => drawn.eer) });
}
