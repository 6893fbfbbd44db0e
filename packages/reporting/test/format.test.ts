import { expect, it } from '@jest/globals';

import { fixed, formatGap, formatNumber, percent } from '../src';
import { counted } from '../src/format';

it('prints numbers without a locale and without a negative zero', () => {
  expect([percent(0.794), percent(1, 2), fixed(-0.04, 1), fixed(-1.26, 1)]).toEqual(['79.4', '100.00', '0.0', '-1.3']);
  expect([0.0123, -0.004, 0, 0.0001].map((v) => formatGap(v, { as: 'percent', decimals: 1 }))).toEqual(['+1.2', '-0.4', '0.0', '0.0']);
  expect(formatNumber(0.5, { as: 'number', decimals: 2 })).toBe('0.50');
  expect([counted(1, 'seed'), counted(0, 'seed')]).toEqual(['1 seed', '0 seeds']);
});
