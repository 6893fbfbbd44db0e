import { expect, it } from '@jest/globals';

import { mutantsOf } from '../mutation/mutants';

const changes = (source: string): string[] => mutantsOf('x.ts', source).map(({ mutator, start, end, to }) => `${mutator}: ${source.slice(0, start)}${to}${source.slice(end)}`);

it.each([
  ['a + b;', ['operator: a - b;']],
  ['rank <= k;', ['operator: rank < k;']],
  ['tf.mean(x);', ['op: tf.sum(x);']],
  ['unitRows(x);', ['unwrapped: x;']],
  ['constantOf<T>((s) => g(s))(x);', ['flowing: ((s) => g(s))(x);']],
  ['f(x, 0);', ['number: f(x, (0 + 1));']],
  ['f(x, 1);', ['number: f(x, 2);']],
  ['f(-x);', ['sign: f((x));']],
  ['f(x, false, true);', ['flag: f(x, true, true);', 'flag: f(x, false, false);']],
  ['a ? b : c;', ['branch: a ? c : b;']],
])('changes %j', (source, changed) => {
  expect(changes(source)).toEqual(changed);
});

it('leaves errors, types, imports and help alone', () => {
  expect(changes("import x from 'y'; export type T = 1 | true; if (a) throw new RangeError(`got ${b + 1}`); f({ describe: 'a' + 1 }); 'a' + b;")).toEqual([]);
});
