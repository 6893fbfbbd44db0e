import { expect, it } from '@jest/globals';

import type { ItemResult } from '../item';
import { missedSection, missNotes } from '../missed';

const result = (id: string, ours: number, others: Partial<ItemResult> = {}): ItemResult => ({
  id,
  title: 't',
  unit: 'call',
  target: 1.05,
  sides: [
    { name: 'a', role: 'ours', rounds: [ours] },
    { name: 'b', role: 'peer', rounds: [10] },
  ],
  machine: 'm',
  versions: [],
  ...others,
});
const why = (id: string) => (id === 'known' ? 'the peer fuses' : undefined);

it('names what misses its target, with the reason or without', () => {
  expect(missedSection([result('met', 10.5), result('known', 20), result('other', 11)], why)).toEqual([
    '## Missed targets',
    [
      '| item | ratio | target | reason |',
      '|---|--:|--:|---|',
      '| [known](#known) | 2.00 | 1.05 | the peer fuses |',
      '| [other](#other) | 1.10 | 1.05 | no reason found yet |',
    ].join('\n'),
  ]);
  expect(missedSection([result('met', 10.5)], why)).toEqual([]);
});

it('shows the kernels of what misses its target, the small ones summed', () => {
  const kernel = (name: string, calls: number, milliseconds: number) => ({ name, calls, milliseconds });
  const kernels = { milliseconds: 30, kernels: [kernel('MatMul', 3, 15), kernel('Mul', 4, 4.5), kernel('Neg', 2, 0.25), kernel('Abs', 1, 0.25)] };
  expect(missNotes(result('known', 10, { kernels }), why)).toEqual([]);
  const [reason, , table] = missNotes(result('known', 20, { kernels }), why);
  expect(reason).toBe('Missed: the peer fuses');
  expect(table?.split('\n').slice(2)).toEqual([
    '| MatMul | 3 | 15.00 |',
    '| Mul | 4 | 4.50 |',
    '| 2 others | 3 | 0.50 |',
    '| all kernels | 10 | 20.00 |',
    '| between kernels: JavaScript, binding |  | 10.00 |',
  ]);
});
