import { expect, it } from '@jest/globals';

import { isEngineNoise } from '../src/index';

it.each([
  ['WARNING: All log messages before absl::InitializeLog() is called are written to STDERR', true],
  ['I0000 00:00:1795345526.639974   24635 port.cc:153] oneDNN custom operations are on.', true],
  ['To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow', true],
  ['W0000 00:00:1795345526.639974   24635 port.cc:153] out of memory', false],
  ['I0000 is the name of a variant', false],
  ['Error: something failed', false],
])('%s: %p', (line, noise) => {
  expect(isEngineNoise(line)).toBe(noise);
});
