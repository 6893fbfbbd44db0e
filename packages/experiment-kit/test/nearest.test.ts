import { expect, it } from '@jest/globals';

import { nearest } from '../src/nearest';

it.each([
  ['cosfase', ['arcface', 'cosface'], "'cosfase'; known: arcface, cosface; did you mean 'cosface'?"],
  ['banana', ['arcface', 'cosface'], "'banana'; known: arcface, cosface"],
  ['rank1', ['verification.eer', 'identification.rank1'], "'rank1'; known: verification.eer, identification.rank1; did you mean 'identification.rank1'?"],
  ['paper', ['paper s, m', 'm=1'], "'paper'; known: 'paper s, m', m=1"],
  ['x', [], "'x'; there are none"],
])('nearest to %s among %j', (word, known, says) => {
  expect(nearest(word, known)).toBe(says);
});
