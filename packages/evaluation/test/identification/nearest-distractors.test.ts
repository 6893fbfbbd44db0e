import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { onEachBackend } from '@hypersphere/testing';

import { identification } from '../../src/identification/identification';
import { draws } from '../../src/random';

/** Unit rows of four halves, of either sign, in eight places: products are multiples of 1/4 without error, and most of them tie. */
const dim = 8;
function halves(count: number, seed: number): Float32Array {
  const { shuffle, integer } = draws(seed, 'halves');
  const places = Array.from({ length: dim }, (_, at) => at);
  return Float32Array.from(Array.from({ length: count }, () => {
    const chosen = shuffle(places).slice(0, 4);
    return places.map((at) => (chosen.includes(at) ? integer(2) - 0.5 : 0));
  }).flat());
}

const product = (a: Float32Array, i: number, b: Float32Array, j: number): number => {
  let sum = 0;
  for (let at = 0; at < dim; at++) sum += a[i * dim + at]! * b[j * dim + at]!;
  return sum;
};

const probes = halves(30, 1);
const labels = Int32Array.from({ length: 30 }, (_, at) => Math.floor(at / 5)); // in order of class
const m = 4500; // more than one piece
const others = halves(m, 2);
const sizes = [0, 1, 2, 7, 64, 65, 500, 4032, 4033, 4499, m];

/** Every pair by itself: rank, and how many distractors precede the first that is as near. */
function oneByOne(count: number, seed?: number): { rank: number[]; before: number[] } {
  const rows = Array.from({ length: count }, (_, row) => row);
  const order = seed === undefined ? rows : draws(seed, 'distractors').shuffle(rows);
  const pairs = Array.from(labels.keys()).flatMap((probe) => {
    const similarity = order.map((row) => product(probes, probe, others, row));
    return Array.from(labels.keys())
      .filter((mate) => mate !== probe && labels[mate] === labels[probe])
      .map((mate) => product(probes, probe, probes, mate))
      .sort((a, b) => b - a)
      .map((mate) => [1 + similarity.filter((value) => value >= mate).length, similarity.findIndex((value) => value >= mate)] as const);
  });
  return { rank: pairs.map(([rank]) => rank), before: pairs.map(([, first]) => (first < 0 ? count : first)) };
}

onEachBackend('nearest distractors', () => startEngine({ log: () => undefined }), () => {
  it.each([undefined, 3])('give ranks and the curve as pair after pair: seed %p', (seed) => {
    const { rank, before } = oneByOne(m, seed);
    for (const limit of [1, 30, 5000]) {
      const found = identification({ embeddings: probes, dim, labels, distractors: others, sizes, limit, ...(seed !== undefined && { seed }) });
      expect([...found.rank]).toEqual(rank.map((at) => Math.min(at, limit + 1)));
      expect(found.curve).toEqual(sizes.map((distractors) => ({ distractors, rank1: before.filter((first) => first >= distractors).length / before.length })));
      expect(found.limit).toBe(Math.min(limit, m));
    }
    expect(new Set(rank).size).toBeGreaterThan(20);
  });

  it.each([1, 5, 63, 64, 130])('of %i give all ranks', (count) => {
    const found = identification({ embeddings: probes, dim, labels, distractors: others.slice(0, count * dim) });
    expect([...found.rank]).toEqual(oneByOne(count).rank.map((at) => Math.min(at, 101)));
    expect(found.limit).toBe(Math.min(count, 100));
  });

  // sums of products, of which each kernel could round others
  it.each([[6, 1], [40, 3], [40, 65], [700, 200], [100, 4500]])('tie with mates that they are copies of: %i probes, %i distractors', (n, count) => {
    const width = 70;
    const { uniform } = draws(n, 'copies');
    const wide = Float32Array.from({ length: n * width }, () => uniform() - 0.5);
    const copies = Float32Array.from({ length: count * width }, (_, at) => (at < wide.length ? wide[at]! : uniform() - 0.5));
    const { rank, classOf } = identification({ embeddings: wide, dim: width, labels: Int32Array.from({ length: n }, (_, at) => at >> 1), distractors: copies, limit: n });
    const copied = [...rank].filter((_, pair) => (pair ^ 1) < count); // the mate of probe 2 k is 2 k + 1
    expect(classOf).toHaveLength(n);
    expect(copied.filter((at) => at < 2)).toEqual([]);
  });
});
