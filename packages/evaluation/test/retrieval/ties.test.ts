import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { onEachBackend } from '@hypersphere/testing';

import { queryRanks, ranksInRow } from '../../src';
import { draws } from '../../src/random';

/** Small integers, so that products are exact and hundreds of them tie; more than one tile, classes in no order. */
const n = 700;
const { integer } = draws(2, 'ties');
const embeddings = Float32Array.from({ length: n * 3 }, () => integer(4) - 1);
const labels = Int32Array.from({ length: n }, () => integer(90));
const cameras = Int32Array.from({ length: n }, () => integer(3));
const sources = Array.from({ length: n }, () => Int32Array.of(integer(40), integer(40)));
const half = Int32Array.from({ length: n / 2 }, (_, at) => 2 * at);
const third = Int32Array.from({ length: Math.floor(n / 3) }, (_, at) => 3 * at);

function negativeDistance(a: number, b: number): number {
  let sum = 0;
  for (let at = 0; at < 3; at++) sum += (embeddings[3 * a + at]! - embeddings[3 * b + at]!) ** 2;
  return -sum;
}

type Keeps = (query: number, reference: number) => boolean;

/** Each query's whole row of similarities, ranked. */
function oneByOne(isQuery: (sample: number) => boolean, isReference: (sample: number) => boolean, keeps: Keeps): [number, number[]][] {
  const samples = Array.from(labels.keys());
  return samples.filter(isQuery).flatMap((query) => {
    const references = samples.filter(isReference);
    const row = references.map((other) => negativeDistance(query, other));
    const own = [...references.keys()].filter((at) => labels[references[at]!] === labels[query]);
    const relevant = own.filter((at) => references[at] !== query && keeps(query, references[at]!));
    return relevant.length === 0 ? [] : [[query, [...ranksInRow(row, relevant, own)]] as [number, number[]]];
  });
}

const all = (): boolean => true;
const camerasDiffer: Keeps = (a, b) => cameras[a] !== cameras[b];
const noneShared: Keeps = (a, b) => !sources[a]!.some((source) => sources[b]!.includes(source));
const cases: [string, object, [number, number[]][]][] = [
  ['all samples', {}, oneByOne(all, all, all)],
  ['the camera rule', { cameras }, oneByOne(all, all, camerasDiffer)],
  ['shared sources', { sources }, oneByOne(all, all, noneShared)],
  ['queries and gallery', { queries: half, gallery: third }, oneByOne((a) => half.includes(a), (a) => third.includes(a), all)],
  ['queries and gallery by cameras', { queries: half, gallery: third, cameras }, oneByOne((a) => half.includes(a), (a) => third.includes(a), camerasDiffer)],
];

onEachBackend('retrieval with ties', () => startEngine({ log: () => undefined }), () => {
  it.each(cases)('ranks as one row after the other: %s', (_, options, wanted) => {
    const { queries, ranks } = queryRanks({ embeddings, dim: 3, labels, measure: 'euclidean', ...options });
    expect([...queries].map((query, at) => [query, [...ranks[at]!]])).toEqual(wanted);
  });
});

it('refuses indices beyond the samples', () => {
  const input = { embeddings, dim: 3, labels };
  expect(() => queryRanks({ ...input, queries: Int32Array.of(n) })).toThrow('retrieval: queries must be indices in [0, 700), got 700');
  expect(() => queryRanks({ ...input, gallery: Int32Array.of(-1) })).toThrow('retrieval: gallery must be indices in [0, 700), got -1');
  expect(() => queryRanks({ ...input, sources: [] })).toThrow('retrieval: sources must be [700] to match the embeddings, got [0]');
});
