import { describe, expect, it } from '@jest/globals';

import type { RunRecord } from '../src/run-record';
import { compareRecords } from '../src/verify/compare-records';
import { sampleRuns } from '../src/verify/sample-runs';
import { TOLERANCE } from '../src/verify/tolerance';
import { madeUpRecord } from './made-up-record';

const RANK1 = 'identification.rank1';
const stored = madeUpRecord('softmax', 0, { metrics: { [RANK1]: { value: 0.5, low: 0.4, high: 0.6, n: 100 }, 'geometry.angularFisher': { value: 2 } }, series: { roc: { far: [0, 1], tar: [0, 1] } } });
const rank1 = (changes: object): Partial<RunRecord> => ({ metrics: { ...stored.metrics, [RANK1]: { value: 0.5, low: 0.4, high: 0.6, n: 100, ...changes } } });
const elsewhere = { environment: { ...stored.environment, cpu: 'another' } };
const tooFar = (changes: Partial<RunRecord>): string[] => compareRecords(stored, { ...stored, ...changes }).differences.filter((one) => one.tooFar).map(({ what }) => what);

describe('a run trained again', () => {
  it('is equal to itself, and its time, memory, commit and system do not matter', () => {
    const again = { ...stored, seconds: 99, examplesPerSecond: 1, peakMemoryBytes: 5, commit: 'x', digest: 'y', variants: ['z'], environment: { ...stored.environment, os: 'other', node: '24' } };
    expect(compareRecords(stored, again)).toMatchObject({ because: [], differences: [] });
    expect(compareRecords(stored, again).compared).toBeGreaterThan(10);
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['a metric', rank1({ value: 0.5000001 }), RANK1],
    ['the lower end of its interval', rank1({ low: 0.41 }), `${RANK1} low`],
    ['the upper end of its interval', rank1({ high: 0.61 }), `${RANK1} high`],
    ['how many it was measured on', rank1({ n: 101 }), `${RANK1} n`],
    ['a metric that is not there any more', { metrics: { [RANK1]: stored.metrics[RANK1] ?? { value: 0 } } }, 'geometry.angularFisher'],
    ['a loss of the curve', { curve: [{ step: 1, loss: 1.500001, learningRate: 0.1 }] }, 'loss at step 1'],
    ['a loss that is not finite', { curve: [{ step: 1, loss: null, learningRate: 0.1 }] }, 'loss at step 1'],
    ['the learning rate', { curve: [{ step: 1, loss: 1.5, learningRate: 0.2 }] }, 'learning rate at step 1'],
    ['data of a figure', { series: { roc: { far: [0, 0.5], tar: [0, 1] } } }, 'series roc'],
    ['the status', { status: 'diverged' }, 'status'],
    ['the steps', { steps: 2 }, 'steps'],
    ['the packed data', { packedDigest: 'bb' }, 'packed data'],
  ])('to the bit: differs in %s', (_, changes, what) => expect(tooFar(changes)).toEqual([what]));

  it('has points of the curve that the other lacks', () => {
    expect(tooFar({ curve: [...stored.curve, { step: 2, loss: 1, learningRate: 0.1 }] })).toEqual(['step at step 2', 'learning rate at step 2', 'loss at step 2']);
  });

  it.each(['tensorflow', 'tfjs', 'device', 'cpu', 'threads', 'xla'] as const)('need not be equal to the bit with another %s', (key) => {
    const environment = { ...stored.environment, [key]: key === 'threads' ? 2 : key === 'xla' ? true : 'another' };
    const { because, differences } = compareRecords(stored, { ...stored, ...rank1({ value: 0.5000001 }), environment });
    expect(because).toEqual([expect.stringMatching(`^${key} `)]);
    expect(differences.map((one) => one.tooFar)).toEqual([false]);
  });

  it('elsewhere: is near enough up to the tolerance, which is absolute for shares and relative for losses and ratios', () => {
    const { share, firstLoss, loss, ratio } = TOLERANCE;
    const two = { ...stored, curve: [...stored.curve, { step: 2, loss: 1, learningRate: 0.1 }] };
    const by = (times: number): string[] => {
      const metrics = { ...rank1({ value: 0.5 + times * share }).metrics, 'geometry.angularFisher': { value: 2 * (1 - times * ratio) } };
      const curve = [{ step: 1, loss: 1.5 * (1 - times * firstLoss), learningRate: 0.1 }, { step: 2, loss: 1 - times * loss, learningRate: 0.1 }];
      return compareRecords(two, { ...two, ...elsewhere, metrics, curve }).differences.filter((one) => one.tooFar).map(({ what }) => what);
    };
    expect(by(0.9)).toEqual([]);
    expect(by(1.1)).toEqual(['geometry.angularFisher', RANK1, 'loss at step 1', 'loss at step 2']);
  });

  it('elsewhere: has the same status, steps, counts and learning rates all the same', () => {
    expect(tooFar({ ...elsewhere, ...rank1({ n: 99 }), status: 'diverged', steps: 2, curve: [{ step: 1, loss: 1.5, learningRate: 0.1001 }] })).toEqual(['status', 'steps', `${RANK1} n`, 'learning rate at step 1']);
  });
});

describe('the sample', () => {
  const runs = Array.from({ length: 40 }, (_, seed) => ({ record: madeUpRecord('softmax', seed), papers: ['tiny'] }));
  const ids = (count: number, seed: number, of = runs) => sampleRuns(of, count, seed).map(({ record }) => record.seed);

  it('depends on its seed alone', () => {
    expect(ids(5, 1, runs.toReversed())).toEqual(ids(5, 1));
    expect(ids(5, 1)).not.toEqual(ids(5, 2));
  });

  it('has no run twice, and all if so many are asked for', () => {
    expect(new Set(ids(100, 0)).size).toBe(40);
  });

  it('draws each run about equally often', () => {
    const counts = new Array<number>(40).fill(0);
    for (let seed = 0; seed < 400; seed++) for (const one of ids(4, seed)) counts[one] = (counts[one] ?? 0) + 1;
    // 400 draws of 4 in 40: 40 each, standard deviation 6
    expect(Math.min(...counts)).toBeGreaterThan(15);
    expect(Math.max(...counts)).toBeLessThan(65);
  });
});
