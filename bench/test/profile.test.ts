import { expect, it } from '@jest/globals';

import { profileSection } from '../profile/section';
import { medianStep } from '../profile/summarise';

const kernel = (name: string, calls: number, milliseconds: number) => ({ name, calls, milliseconds });

it('takes medians over steps, a kernel that a step lacks as zero, the longest first', () => {
  const steps = [
    { milliseconds: 10, kernels: [kernel('A', 2, 1), kernel('B', 1, 5)] },
    { milliseconds: 14, kernels: [kernel('A', 2, 3), kernel('B', 1, 4)] },
    { milliseconds: 11, kernels: [kernel('A', 4, 2), kernel('C', 1, 1)] },
  ];
  expect(medianStep(steps)).toEqual({ milliseconds: 11, kernels: [kernel('B', 1, 4), kernel('A', 2, 2), kernel('C', 0, 0)] });
});

it('shows kernels of one side, sums the small ones, and says what is between them', () => {
  const before = { milliseconds: 100, kernels: [kernel('Mul', 9, 60), kernel('Neg', 1, 0.5)] };
  const after = { milliseconds: 50, kernels: [kernel('Fused', 2, 20), kernel('Mul', 3, 10), kernel('Abs', 2, 0.25)] };
  const lines = profileSection({ sizes: [{ id: 'quick', title: 'quick', before, after }], rounds: 1, machine: 'a machine', versions: [] }).split('\n');
  expect(lines.slice(lines.indexOf('### quick') + 4)).toEqual([
    '| Fused | 0 | 2 | 0.00 | 20.00 | 40 % |',
    '| Mul | 9 | 3 | 60.00 | 10.00 | 20 % |',
    '| 2 others | 1 | 2 | 0.50 | 0.25 | 1 % |',
    '| between kernels: JavaScript, binding |  |  | 39.50 | 19.75 | 40 % |',
    '| step |  |  | 100.00 | 50.00 | 100 % |',
  ]);
});
