import { describe, expect, it } from '@jest/globals';
import { quantile } from '@hypersphere/evaluation';

import { medianGapDegrees, overlapShare, tarAt } from '../../src';
import { wrapAngle } from '../../src/figures/angular-gaps';
import { axisDomain, niceDomain, powersOfTen, shareOfAxis } from '../../src/figures/axis-domain';
import { classDirections, pointsByClass } from '../../src/figures/embedding-model';
import { spreadApart } from '../../src/figures/end-labels';
import { graticule, orthographic, splitByDepth } from '../../src/figures/orthographic';
import { overSeeds, thinned } from '../../src/figures/over-seeds';
import { angleDensities, petals } from '../../src/figures/petals';

const at = (degrees: number, radius = 1): number[] => [radius * Math.cos((degrees * Math.PI) / 180), radius * Math.sin((degrees * Math.PI) / 180)];

describe('gaps on the circle', () => {
  it('are what is left between neighbouring arcs, whatever the lengths of the embeddings', () => {
    // three classes 120 degrees apart, each 20 degrees wide at 5 % and 95 %
    const points = [350, 110, 230].flatMap((middle) => Array.from({ length: 21 }, (_, i) => at(middle + (i - 10) * (10 / 9), 1 + i)));
    const labels = Array.from({ length: 63 }, (_, i) => Math.floor(i / 21));
    expect(medianGapDegrees({ points, labels })).toBeCloseTo(100, 6);
  });

  it('are negative where classes overlap', () => {
    const points = [0, 90, 180, 270].flatMap((middle) => Array.from({ length: 21 }, (_, i) => at(middle + (i - 10) * (50 / 9))));
    expect(medianGapDegrees({ points, labels: Array.from({ length: 84 }, (_, i) => Math.floor(i / 21)) })).toBeCloseTo(-10, 6);
    // two classes: both gaps count, also the one that passes half a turn
    expect(medianGapDegrees({ points: [at(0), at(100)], labels: [0, 1] })).toBeCloseTo((100 + 260) / 2, 9);
    expect(medianGapDegrees({ points: [[1, 0]], labels: [0] })).toBeNaN();
  });

  it('bring angles to half a turn either way', () => {
    expect([3 * Math.PI, -Math.PI / 2, 0].map(wrapAngle)).toEqual([Math.PI, -Math.PI / 2, 0].map((a) => expect.closeTo(a, 12)));
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  });
});

describe('petals', () => {
  const series = { points: [at(1), at(1), at(181), at(91)], labels: [0, 0, 0, 1] };

  it('hold as much as an even spread on average', () => {
    for (const [, density] of angleDensities(series)) expect(density.reduce((a, b) => a + b, 0) / density.length).toBeCloseTo(1, 12);
  });

  it('are closed paths, one for each stretch of angles, no higher than asked for', () => {
    const rows = petals(angleDensities(series), 60, 0.4) as { part: string; x: number; y: number }[];
    expect([...new Set(rows.map((r) => r.part))]).toEqual(['0.0', '0.1', '1.0']);
    const radii = rows.map((r) => Math.hypot(r.x, r.y));
    expect(Math.min(...radii)).toBeCloseTo(1, 3);
    expect(Math.max(...radii)).toBeCloseTo(1 + 0.4 * Math.sqrt((0.5 * 180) / 60), 3);
  });
});

describe('the sphere', () => {
  it('is seen from the given side', () => {
    const view = { azimuth: 0, elevation: 0 };
    expect(orthographic([1, 0, 0], view)).toEqual({ x: 0, y: 0, depth: 1 });
    expect(orthographic([0, 1, 0], view)).toMatchObject({ x: 1, y: 0, depth: 0 });
    expect(orthographic([0, 0, 1], view)).toMatchObject({ x: 0, y: 1, depth: 0 });
    expect(orthographic([0, 1, 0], { azimuth: 90, elevation: 0 }).depth).toBeCloseTo(1, 12);
    expect(orthographic([0, 0, 1], { azimuth: 40, elevation: 90 }).depth).toBeCloseTo(1, 12);
    const { x, y, depth } = orthographic([0.6, 0, 0.8], { azimuth: 33, elevation: 21 });
    expect(Math.hypot(x, y, depth)).toBeCloseTo(1, 12);
  });

  it('has grid lines on it, parted where they pass behind', () => {
    const lines = graticule(30);
    expect(lines).toHaveLength(12 + 5);
    expect(lines.flat().every((p) => Math.abs(Math.hypot(...p) - 1) < 1e-12)).toBe(true);
    const parts = splitByDepth([1, 0.5, -0.5, -1, 0.2].map((depth, x) => ({ x, y: 0, depth })));
    expect(parts.map((p) => [p.front, p.points.map((q) => q.x)])).toEqual([[true, [0, 1]], [false, [1, 2, 3]], [true, [3, 4]]]);
  });
});

it('measures the overlap of two histograms as the sum of the smaller shares', () => {
  expect(overlapShare({ binDegrees: 45, genuine: [3, 1, 0, 0], impostors: [0, 10, 20, 10] })).toBeCloseTo(0.25, 12);
  expect(overlapShare({ binDegrees: 90, genuine: [1, 0], impostors: [0, 5] })).toBe(0);
});

it('reads the TAR at a FAR without going above it', () => {
  const roc = { far: [1e-4, 1e-3, 1e-2], tar: [0.3, 0.5, 0.8] };
  expect([1e-5, 1e-4, 5e-3, 1].map((far) => tarAt(roc, far))).toEqual([0, 0.3, 0.5, 0.8]);
});

describe('axes', () => {
  it('end on round numbers around the data', () => {
    expect(niceDomain([0.62, 0.83])).toEqual([0.6, 0.85]);
    expect(niceDomain([0.97, 1], [0, 1])).toEqual([0.96, 1]);
    expect(niceDomain([5])).toEqual([4, 6]);
    expect(niceDomain([Number.NaN, Infinity])).toEqual([0, 1]);
  });

  it('end at the data on a log scale, and know their powers of ten', () => {
    expect(axisDomain({ title: 'x', scale: 'log' }, [0, 10, 1000])).toEqual([10, 1000]);
    expect(powersOfTen([1e-3, 1])).toEqual([1e-3, 1e-2, 0.1, 1]);
    expect(shareOfAxis(10, [1, 100], 'log')).toBeCloseTo(0.5, 12);
    expect(shareOfAxis(25, [0, 100])).toBe(0.25);
  });
});

it('moves labels apart as little as needed and keeps their order', () => {
  expect(spreadApart([10, 100], 15)).toEqual([10, 100]);
  expect(spreadApart([50, 50, 50], 15)).toEqual([35, 50, 65]);
  expect(spreadApart([60, 50, 200], 15)).toEqual([62.5, 47.5, 200]);
  expect(spreadApart([0, 10, 20, 21], 15).map((v) => Math.round(100 * v) / 100)).toEqual([-9.75, 5.25, 20.25, 35.25]);
});

it('takes mean and span over the seeds that have a point', () => {
  expect(overSeeds([[[1, 2], [2, 4]], [[1, 4], [2, Number.NaN]]])).toEqual([{ x: 1, y: 3, low: 2, high: 4 }, { x: 2, y: 4, low: 4, high: 4 }]);
  expect(overSeeds([[[1, 2]]])).toEqual([{ x: 1, y: 2 }]);
  expect(thinned([...Array(101).keys()], 3)).toEqual([0, 50, 100]);
});

it('groups points by class and finds the direction of each', () => {
  const series = { variant: { name: 'a' }, points: [[0, 2], [3, 0], [0, 4], [0, 6]], labels: [1, 0, 1, 1] };
  expect(pointsByClass(series, 2)).toEqual([[0, [[3, 0]]], [1, [[0, 2], [0, 6]]]]);
  expect([...classDirections(series)]).toEqual([[0, [1, 0]], [1, [0, 1]]]);
  expect(classDirections({ ...series, prototypes: [[0, -3], [5, 0]] }).get(1)).toEqual([1, 0]);
});
