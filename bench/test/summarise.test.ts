import { expect, it } from '@jest/globals';

import { median } from '../median';
import { ratioOf } from '../summarise';

const side = (name: string, role: 'ours' | 'peer' | 'context', rounds: number[]) => ({ name, role, rounds });

it('compares ours with the peer of the smallest median, round by round', () => {
  const sides = [side('a', 'ours', [10, 30, 12]), side('b', 'peer', [20, 40, 30]), side('c', 'peer', [21, 100, 10]), side('d', 'context', [1, 1, 1])];
  expect(ratioOf({ sides })).toEqual({ ours: 'a', peer: 'c', value: 10 / 21, low: 0.3, high: 1.2 });
});

it('needs a side of each', () => {
  expect(() => ratioOf({ sides: [side('a', 'ours', [1])] })).toThrow('an item needs a side of ours and a peer');
});

it('takes the middle of the two middle values', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2])]).toEqual([2, 2.5]);
});
