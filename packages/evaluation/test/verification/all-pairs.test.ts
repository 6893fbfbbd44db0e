import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectClose, expectTensorsLeft } from '@hypersphere/testing';

import { allPairs } from '../../src/verification/all-pairs';
import { auc } from '../../src/verification/auc';
import { equalErrorRate } from '../../src/verification/eer';
import { rocCounter } from '../../src/verification/roc-counts';
import { tarAtFar, tarAtNearestFar } from '../../src/verification/tar-at-far';
import { embedded, float32, groups } from '../embedded';
import golden from '../golden/embeddings.json';

beforeAll(() => tf.setBackend('cpu'));

describe('all pairs', () => {
  const measured = () => allPairs({ ...embedded, groups, maxFar: 0.25 });

  it.each(['all', 'sameGroup'] as const)('agree with NumPy: %s', (which) => {
    const pairs = measured();
    const counts = which === 'all' ? pairs.counts : pairs.sameGroup!;
    const wanted = golden[which];
    expect(counts.impostors).toBe(which === 'all' ? golden.impostors : golden.impostorsSameGroup);
    expect(counts.genuine).toBe(golden.genuine);
    expectClose([auc(counts), equalErrorRate(counts)], [wanted.auc, wanted.eer], float32);
    for (const [far, tar] of Object.entries(wanted.strict)) expectClose(tarAtFar(counts, Number(far)), tar, float32);
    for (const [far, tar] of Object.entries(wanted.nearest)) expectClose(tarAtNearestFar(counts, Number(far)), tar, float32);
  });

  it('count every pair of different samples once', () => {
    const n = embedded.labels.length;
    const { counts } = measured();
    expect(counts.genuine + counts.impostors).toBe((n * (n - 1)) / 2);
  });

  it('do not depend on the order of samples, or on the length of embeddings', () => {
    const order = Array.from(embedded.labels.keys()).reverse();
    const turned = {
      dim: 6,
      labels: Int32Array.from(order, (at) => embedded.labels[at]!),
      embeddings: Float32Array.from(order.flatMap((at) => [...embedded.embeddings.subarray(6 * at, 6 * at + 6)].map((x) => 4 * x))),
    };
    expectClose(auc(allPairs(turned).counts), auc(measured().counts), float32);
  });

  it('take a tensor, and leave none behind', () => {
    const tensor = tf.tensor2d(embedded.embeddings, [embedded.labels.length, 6]);
    expectTensorsLeft(0, () => expectClose(auc(allPairs({ embeddings: tensor, labels: embedded.labels }).counts), golden.all.auc));
    tensor.dispose();
  });

  it('give a small example by hand: the sample itself is no pair', () => {
    const { counts, genuine } = allPairs({ embeddings: Float32Array.of(1, 0, 1, 0, 0, 1), dim: 2, labels: Int32Array.of(4, 4, 9) });
    expect([...genuine.scores]).toEqual([1]);
    expect([counts.genuine, counts.impostors, ...counts.tail]).toEqual([1, 2, 0, 0]);
  });
});

it('refuses a FAR beyond the impostors it kept', () => {
  const { counts } = allPairs(embedded);
  expect(() => tarAtNearestFar(counts, 0.25)).toThrow(
    `tarAtNearestFar: FAR 0.25 needs more than the ${counts.tail.length} highest impostors that were kept; raise maxFar`,
  );
});

it('says what is wrong', () => {
  const x = Float32Array.of(1, 0, 0, 1);
  const two = Int32Array.of(0, 0);
  expect(() => allPairs({ embeddings: x, dim: 2, labels: two })).toThrow('allPairs: needs impostors, that is two classes or more, got 1');
  expect(() => allPairs({ embeddings: x, dim: 2, labels: Int32Array.of(0, 1) })).toThrow(
    'allPairs: needs a class with two images or more, got single images only',
  );
  expect(() => allPairs({ embeddings: x, dim: 2, labels: Int32Array.of(0) })).toThrow('allPairs: labels must be [2] to match the embeddings, got [1]');
  expect(() => allPairs({ embeddings: x, dim: 2, labels: two, groups: Int32Array.of(1) })).toThrow('allPairs: groups must be [2] to match the embeddings, got [1]');
  expect(() => allPairs({ embeddings: x, dim: 3, labels: two })).toThrow('allPairs: embeddings must hold n * 3 numbers, got 4');
  expect(() => allPairs({ embeddings: x, labels: two })).toThrow('allPairs: dim must be a positive integer, got undefined');
  expect(() => allPairs({ embeddings: new Float32Array(0), dim: 2, labels: new Int32Array(0) })).toThrow('allPairs: needs at least one embedding, got none');
  expect(() => allPairs({ embeddings: Float32Array.of(1, 0, NaN, 1), dim: 2, labels: two })).toThrow('allPairs: embeddings must be finite, got NaN in row 1');
});

it('takes no impostor where more tie at the top than were kept', () => {
  const counter = rocCounter([1, 1], 84);
  counter.add(new Float32Array(1000).fill(1), 0, 1000);
  // FAR 0 is nearer to 0.01 than FAR 1, the only other one attained
  expect(tarAtNearestFar(counter.counts(), 0.01)).toBe(0);
});
