import { describe, expect, it } from '@jest/globals';
import { readIdx } from '../../src/mnist/idx';

const idx = (...bytes: number[]) => Uint8Array.from(bytes);
const labels = idx(0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9);

describe('readIdx', () => {
  it('reads sizes and values', () => {
    expect(readIdx(labels, 'labels', 1)).toEqual({ sizes: [3], values: idx(7, 8, 9) });
    const images = idx(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 5, 6);
    expect(readIdx(images, 'images', 3)).toEqual({ sizes: [1, 2, 1], values: idx(5, 6) });
  });

  it.each([
    ['too short', labels.slice(0, 10), 'expected 11 bytes for sizes 3, got 10 bytes'],
    ['too long', idx(...labels, 0), 'expected 11 bytes for sizes 3, got 12 bytes'],
    ['images for labels', idx(0, 0, 8, 3, ...labels.slice(4)), 'expected magic number 2049, got 2051'],
    ['another type', idx(0, 0, 9, 1, ...labels.slice(4)), 'expected magic number 2049, got 2305'],
    ['empty', idx(), 'expected magic number 2049, got 0 bytes'],
  ])('refuses a file that is %s', (_what, bytes, message) => {
    expect(() => readIdx(bytes, 'labels', 1)).toThrow(`data: labels is damaged: ${message}; 'npx nx run data:prepare -- mnist' fetches it again`);
  });
});
