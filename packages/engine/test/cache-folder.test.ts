import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

import { cacheFolder } from '../src/index';

const before = process.env['HYPERSPHERE_CACHE'];

afterEach(() => {
  delete process.env['HYPERSPHERE_CACHE'];
  if (before !== undefined) process.env['HYPERSPHERE_CACHE'] = before;
});

describe('cacheFolder', () => {
  it('is where HYPERSPHERE_CACHE says, and made by no one yet', () => {
    process.env['HYPERSPHERE_CACHE'] = 'some/where';
    expect(cacheFolder('data', 'x')).toBe(resolve('some/where/data/x'));
    expect(existsSync(cacheFolder())).toBe(false);
  });

  it.each([undefined, ''])('is of the user if the variable is %p', (value) => {
    delete process.env['HYPERSPHERE_CACHE'];
    if (value !== undefined) process.env['HYPERSPHERE_CACHE'] = value;
    expect(isAbsolute(cacheFolder())).toBe(true);
    expect(cacheFolder('engine')).toBe(join(cacheFolder(), 'engine'));
    expect(cacheFolder()).toMatch(/hypersphere/);
  });
});
