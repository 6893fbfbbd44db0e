import { expect, it } from '@jest/globals';

import { curveSection, fitLine } from '../curve-report';

it('fits the line of least squares', () => {
  // numpy.polyfit([1, 2, 4], [3, 4, 9], 1)
  const { a, b } = fitLine([{ x: 1, y: 3 }, { x: 2, y: 4 }, { x: 4, y: 9 }]);
  expect(a).toBeCloseTo(0.5, 8);
  expect(b).toBeCloseTo(2.0714285714, 8);
});

it('prints what was measured, the lines and where they lead', () => {
  const points = [1000, 2000].map((size) => ({ size, milliseconds: 10 + size / 100, peakMegabytes: 100 + size / 10 }));
  const text = curveSection({ id: 'x', title: 't', unit: 'step', along: 'classes', extrapolateTo: 1e6, series: [{ name: 'ours', role: 'ours', points }], machine: 'm', versions: [] });
  expect(text).toContain('| ours | ms a step | 20.0 | 30.0 | 10.0 ms + 1.00e-2 ms C | 1.00e+4 ms |');
  expect(text).toContain('| | MiB resident | 200 | 300 | 100 MiB + 1.00e-1 MiB C | 1.00e+5 MiB |');
});
