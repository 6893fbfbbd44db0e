import { describe, expect, it } from '@jest/globals';

import { ablationGrid } from '../src/ablation-grid';
import { configOf } from '../src/plan';
import { planStudy, runsOfStudy } from '../src/plan-study';
import { tiny } from './tiny';

const { experiment } = tiny;
const from = configOf(experiment, 'cosface', 'smoke');

describe('ablationGrid', () => {
  it('crosses all values, each in its place', () => {
    const points = ablationGrid(from, { 'loss.margin': [0.1, 0.3], 'schedule.batchSize': [8, 16] });
    expect(points.map(({ label, config }) => [label, (config.loss as { margin?: number }).margin, config.schedule.batchSize])).toEqual([
      ['loss.margin=0.1 schedule.batchSize=8', 0.1, 8],
      ['loss.margin=0.1 schedule.batchSize=16', 0.1, 16],
      ['loss.margin=0.3 schedule.batchSize=8', 0.3, 8],
      ['loss.margin=0.3 schedule.batchSize=16', 0.3, 16],
    ]);
    expect({ ...points[0]?.config, loss: from.loss, schedule: from.schedule }).toEqual(from);
  });

  it('makes the batch as large as its classes and images of each', () => {
    const balanced = { ...from, schedule: { ...from.schedule, batchSize: 16, classBalance: { classesPerBatch: 4, imagesPerClass: 4 } } };
    const points = ablationGrid(balanced, { 'schedule.classBalance.imagesPerClass': [2, 3] });
    expect(points.map(({ config }) => config.schedule.batchSize)).toEqual([8, 12]);
    expect(() => ablationGrid(balanced, { 'schedule.batchSize': [8] })).toThrow('expected batchSize to be classBalance.classesPerBatch * classBalance.imagesPerClass');
  });

  it.each([
    [{ 'loss.margn': [1] }, "--vary loss.margn: unknown option 'margn'; known: scale, margin, normaliseFeatures, classBlock; did you mean 'margin'?"],
    [{ 'lss.margin': [1] }, "--vary lss.margin: unknown option 'lss'; known: data, backbone, loss, optimiser, schedule, evaluation, execution; did you mean 'loss'?"],
    [{ loss: [1] }, '--vary loss: expected one of its options: loss.scale, loss.margin, loss.normaliseFeatures, loss.classBlock'],
    [{ 'loss.margin.x': [1] }, "--vary loss.margin.x: margin is one value and has no option 'x'"],
    [{ 'loss.constructor': [1] }, "--vary loss.constructor: unknown option 'constructor'; known: scale, margin, normaliseFeatures, classBlock"],
    [{ 'loss.margin': [-1] }, 'loss.margin=-1: loss.margin: expected a number in [0, 2), received -1'],
    [{ 'loss.margin': ['much'] }, 'loss.margin=much: loss.margin: expected a number in [0, 2), received \'much\''],
    [{ 'schedule.batchSize': [0] }, 'schedule.batchSize=0: schedule.batchSize: Too small: expected number to be >0, received 0'],
  ])('refuses %j', (vary, message) => {
    const grid = () => ablationGrid(from, vary);
    expect(grid).toThrow(message);
    expect(grid).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('planStudy', () => {
  it('names a grid given by hand after its values, cut to what a file system takes', () => {
    const study = (values: number[]) => planStudy(experiment, { profile: 'smoke', vary: [{ path: 'loss.margin', values }] });
    expect(study([0.1, 0.2]).name).toBe('cosface-loss.margin=0.1+0.2');
    const [many, more] = [60, 61].map((count) => study(Array.from({ length: count }, (_, at) => at / 1000)).name);
    expect(many).toHaveLength(129);
    expect(many).not.toBe(more);
  });

  it('measures a search on validation classes, in a store of its own, with its own seeds', () => {
    const search = { ...experiment, ablations: { s: { says: '', from: 'cosface', search: true, seeds: [100, 101], vary: { 'loss.margin': [0.1] }, metric: 'identification.rank1' } } } as const;
    const { store, points } = planStudy(search, { profile: 'smoke', study: 's', vary: [] });
    expect(store).toBe('search');
    expect(points[0]?.runs.map(({ seed, config }) => [seed, config.evaluation.split])).toEqual([[100, 'validation'], [101, 'validation']]);
  });

  it('measures against another variant at the same points, as far as its config has the paths', () => {
    const study = { says: '', from: 'cosface', against: 'softmax', vary: { 'loss.margin': [0.1, 0.3], 'schedule.batchSize': [8, 16] }, metric: 'identification.rank1' } as const;
    const planned = planStudy({ ...experiment, ablations: { s: study } }, { profile: 'smoke', study: 's', vary: [], seeds: [7] });
    const softmax = configOf(experiment, 'softmax', 'smoke');
    const other = planned.points.map(({ against = [] }) => against.map(({ seed, config }) => [seed, config]));
    expect(other).toEqual([8, 16, 8, 16].map((batchSize) => [[7, { ...softmax, schedule: { ...softmax.schedule, batchSize } }]]));
    expect(runsOfStudy(planned)).toHaveLength(4 + 2);
  });

  it('names what is known', () => {
    expect(() => planStudy(experiment, { profile: 'smoke', study: 'margn', vary: [] })).toThrow("tiny: unknown study 'margn'; known: margin; did you mean 'margin'?");
    expect(() => planStudy(experiment, { profile: 'smoke', study: 'toString', vary: [] })).toThrow("tiny: unknown study 'toString'; known: margin");
    expect(() => planStudy(experiment, { profile: 'smoke', vary: [{ path: 'loss.margin', values: [1] }], from: 'cosfase' })).toThrow("tiny: unknown variant 'cosfase'");
    expect(() => planStudy(experiment, { profile: 'smoke', vary: [{ path: 'loss.margin', values: [1] }], metric: 'rank1' })).toThrow(/unknown metric 'rank1'; known: verification\.accuracy, .*; did you mean 'identification\.rank1'\?/);
  });
});
