import { expect, it } from '@jest/globals';
import { isHarmless } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { visible, visibleJson } from '../../src';

it.each([
  ['Größe 각 é 😀 |<b>`', 'Größe 각 é 😀 |<b>`'],
  ['\u001b[31m\u0007\n\t\u007f\u009b', '\\u{1b}[31m\\u{7}\\u{a}\\u{9}\\u{7f}\\u{9b}'],
  ['\u202egnp.exe \u2066\u200f\u2028\ufeff', '\\u{202e}gnp.exe \\u{2066}\\u{200f}\\u{2028}\\u{feff}'],
  ['\ud800', '\\u{d800}'],
  ['a'.repeat(201), `${'a'.repeat(200)}…`],
])('shows %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('shows any text harmlessly', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => isHarmless(visible(text)) && isHarmless(visibleJson([text]))), { numRuns: 10_000, seed: 2 });
});

it('shows JSON, whatever it is', () => {
  let deep: unknown = 1;
  for (let at = 0; at < 1e5; at++) deep = [deep];
  expect([visibleJson({ a: '\u202e' }), visibleJson(undefined), visibleJson(deep)]).toEqual(['{"a":"\\u{202e}"}', 'undefined', 'something nested too deeply to show']);
});
