import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { evaluateEmbeddings, isMetricName, metricRegistry, type MetricName } from '../../src';
import { distractors, embedded, groups, prototypes } from '../embedded';
import golden from '../golden/embeddings.json';

beforeAll(() => tf.setBackend('cpu'));
const input = { ...embedded, groups, distractors, prototypes, seed: 5, replicates: 40 };
const valueOf = (result: ReturnType<typeof evaluateEmbeddings>, name: MetricName): number => result.metrics[name]!.value;

describe('evaluateEmbeddings', () => {
  const everything = () => evaluateEmbeddings(input);

  it('gives every registered metric of test embeddings', () => {
    const more = { cameras: groups, reranked: true, sources: Array.from(groups, (group) => Int32Array.of(group)), clustered: true };
    const found = Object.keys(evaluateEmbeddings({ ...input, ...more }).metrics);
    const wanted = Object.keys(metricRegistry).filter((name) => !/^(classification\.|noise\.|geometry\.train|authorship\.(older|padded)Mrr)/.test(name));
    expect(found.sort()).toEqual(wanted.sort());
  });

  it('agrees with NumPy and scikit-learn', () => {
    const result = everything();
    const wanted: [MetricName, number][] = [
      ['verification.auc', golden.all.auc],
      ['verification.eer', golden.all.eer],
      ['verification.tarAtFar1e-2', golden.all.strict['0.01']],
      ['verification.tarAtFar1e-3', golden.all.strict['0.001']],
      ['verification.tarAtFar1e-2Nearest', golden.all.nearest['0.01']],
      ['verification.aucSameGroup', golden.sameGroup.auc],
      ['verification.tarAtFar1e-2SameGroup', golden.sameGroup.strict['0.01']],
      ['identification.rank1', golden.identification.rank1],
      ['identification.rank5', golden.identification.rank5],
      ['retrieval.recallAt1', golden.retrieval.recallAt1],
      ['retrieval.mapAtR', golden.retrieval.mapAtR],
      ['geometry.angularFisher', golden.geometry.raw.score],
      ['geometry.angularFisherUnit', golden.geometry.unit.score],
      ['geometry.intraAngle', golden.geometry.angles.intra],
      ['geometry.prototypeCentreAngle', golden.geometry.angles.prototypeCentre],
      ['geometry.gap', golden.gap],
      ['geometry.overlap', golden.overlap],
    ];
    expectClose(wanted.map(([name]) => valueOf(result, name)), wanted.map(([, value]) => value));
    expect(result.metrics['verification.tarAtFar1e-4SameGroup']!.n).toBe(golden.impostorsSameGroup);
    expect(result.series['angles']).toEqual({ binDegrees: 2, ...golden.angles });
  });

  it('bounds what it bootstraps, around the value', () => {
    const { metrics, replicates } = everything();
    for (const name of ['verification.auc', 'verification.tarAtFar1e-2', 'verification.accuracy', 'identification.rank1', 'retrieval.mapAtR'] as const) {
      const { value, low, high } = metrics[name]!;
      expect(replicates[name]).toHaveLength(40);
      expect(low!).toBeLessThan(high!);
      expect(low! - 0.15).toBeLessThan(value);
      expect(value).toBeLessThan(high! + 0.15);
    }
  });

  it('survives JSON, and repeats itself by seed', () => {
    const result = everything();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(everything()).toEqual(result);
    const other = evaluateEmbeddings({ ...input, seed: 6 });
    expect(other.metrics['verification.auc']!.value).toBe(result.metrics['verification.auc']!.value);
    expect(other.replicates['verification.auc']).not.toEqual(result.replicates['verification.auc']);
  });

  it('leaves no tensor behind', () => {
    expectTensorsLeft(0, () => void evaluateEmbeddings({ ...input, replicates: 2 }));
  });
});

it('leaves out what the data cannot give', () => {
  const few = { embeddings: Float32Array.of(1, 0, 1, 0.1, 0, 1, 0.2, 1), dim: 2, labels: Int32Array.of(0, 0, 1, 1), seed: 1, replicates: 0 };
  const { metrics, replicates } = evaluateEmbeddings(few);
  expect(metrics['verification.auc']).toEqual({ value: 1, n: 4 });
  expect(Object.keys(metrics).filter((name) => /accuracy|SameGroup|identification|prototype/.test(name))).toEqual([]);
  expect(replicates).toEqual({});
});

it('finds little in noise and everything in well separated classes', () => {
  const labels = Int32Array.from({ length: 200 }, (_, at) => at % 40);
  let state = 1;
  const noise = (): number => ((state = (state * 48271) % 2147483647) / 2147483647 - 0.5);
  const random = Float32Array.from({ length: 200 * 8 }, noise);
  const blind = evaluateEmbeddings({ embeddings: random, dim: 8, labels, seed: 1, replicates: 100 });
  const auc = blind.metrics['verification.auc']!;
  expect(auc.low!).toBeLessThan(0.5);
  expect(auc.high!).toBeGreaterThan(0.5);
  const apart = Float32Array.from({ length: 200 * 40 }, (_, at) => (at % 40 === Math.floor(at / 40) % 40 ? 1 : 0.01 * noise()));
  const clear = evaluateEmbeddings({ embeddings: apart, dim: 40, labels, seed: 1, replicates: 10 });
  for (const name of ['verification.accuracy', 'verification.auc', 'verification.tarAtFar1e-3', 'retrieval.mapAtR', 'retrieval.recallAt1'] as const) {
    expect(valueOf(clear, name)).toBe(1);
  }
});

it('names its metrics', () => {
  expect(isMetricName('verification.auc')).toBe(true);
  expect(isMetricName('verification.aucc')).toBe(false);
  expect(isMetricName('toString')).toBe(false);
});
