import { describe, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { pairListText, verificationPairs } from '../../src/verification/pair-list';
import { pairScores } from '../../src/verification/pair-scores';

const labels = Int32Array.from({ length: 600 * 5 }, (_, at) => (at * 7919) % 600);
const groups = Int32Array.from({ length: 3000 }, (_, at) => at % 5);

describe('600 classes of 5', () => {
  const list = verificationPairs({ labels, seed: 3 });

  it('has ten folds of 300 genuine and 300 impostor pairs', () => {
    expect(list.folds).toBe(10);
    for (let fold = 0; fold < 10; fold++) {
      const own = list.same.filter((_, pair) => list.fold[pair] === fold);
      expect([own.length, own.reduce((sum, same) => sum + same, 0)]).toEqual([600, 300]);
    }
  });

  it('labels pairs rightly and never twice', () => {
    const seen = new Set<string>();
    list.left.forEach((left, pair) => {
      const right = list.right[pair]!;
      expect(left).not.toBe(right);
      expect(labels[left] === labels[right]).toBe(list.same[pair] === 1);
      seen.add([left, right].sort((a, b) => a - b).join());
    });
    expect(seen.size).toBe(6000);
  });

  it('shares no class between folds', () => {
    const foldOf = new Map<number, number>();
    list.left.forEach((left, pair) => {
      for (const label of [labels[left]!, labels[list.right[pair]!]!]) {
        expect(foldOf.get(label) ?? list.fold[pair]).toBe(list.fold[pair]);
        foldOf.set(label, list.fold[pair]!);
      }
    });
    expect(foldOf.size).toBeGreaterThan(550);
  });

  it('depends on the seed alone', () => {
    expect(pairListText(verificationPairs({ labels, seed: 3 }))).toBe(pairListText(list));
    expect(pairListText(verificationPairs({ labels, seed: 4 }))).not.toBe(pairListText(list));
    expect(pairListText(list).split('\n')[0]).toMatch(/^0 \d+ \d+ 1$/);
  });

  it('keeps impostors in one group on request', () => {
    const within = verificationPairs({ labels, groups, seed: 3 });
    const impostors = [...within.left.keys()].filter((pair) => !within.same[pair]);
    expect(impostors).toHaveLength(3000);
    for (const pair of impostors) expect(groups[within.left[pair]!]).toBe(groups[within.right[pair]!]);
  });
});

it('makes do with few data', () => {
  const list = verificationPairs({ labels: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 5), seed: 1 });
  expect(list.folds).toBeLessThanOrEqual(3);
  expect(list.folds).toBeGreaterThanOrEqual(2);
  const genuine = list.same.reduce((sum, same) => sum + same, 0);
  expect(genuine * 2).toBe(list.same.length);
});

it('refuses too few classes', () => {
  expect(() => verificationPairs({ labels: Int32Array.of(0, 0, 1, 1, 2, 2), seed: 1 })).toThrow('verificationPairs: needs 4 classes or more for two folds, got 3');
  expect(() => verificationPairs({ labels: Int32Array.of(0, 1, 2, 3, 4), seed: 1 })).toThrow(
    'verificationPairs: needs two folds with a genuine and an impostor pair each, got 0',
  );
});

describe('pair scores', () => {
  const embeddings = Float32Array.of(1, 0, 0, 2, 3, 3, -1, 0);
  const pairs = { left: Int32Array.of(0, 2), right: Int32Array.of(1, 3), same: Uint8Array.of(1, 0), fold: Int32Array.of(0, 1), folds: 2 };

  it('are cosines', () => {
    const [first, second] = pairScores({ embeddings, dim: 2, pairs });
    expectClose(first!, [0, -Math.SQRT1_2]);
    expect(second).toBe(first);
  });

  it('are taken from the mean of the other folds, on request', () => {
    // fold 0 under test: the mean of samples 2 and 3 is (1, 1.5); fold 1: that of samples 0 and 1 is (0.5, 1)
    const cosine = (a: number[], b: number[]): number =>
      (a[0]! * b[0]! + a[1]! * b[1]!) / Math.hypot(...a) / Math.hypot(...b);
    const [first, second] = pairScores({ embeddings, dim: 2, pairs, subtractMean: true });
    expectClose(first!, [cosine([0, -1.5], [-1, 0.5]), cosine([2, 1.5], [-2, -1.5])]);
    expectClose(second!, [cosine([0.5, -1], [-0.5, 1]), cosine([2.5, 2], [-1.5, -1])]);
  });
});
