import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, it } from '@jest/globals';
import { expectClose } from '@hypersphere/testing';

import { chanceOf, evaluateEmbeddings, rerankedRanks, retrievalScores } from '../../src';
import { embedded, float32, groups } from '../embedded';
import clustering from '../golden/clustering.json';
import golden from '../golden/embeddings.json';
import reranking from '../golden/reranking.json';

beforeAll(() => tf.setBackend('cpu'));

const options = { ...embedded, seed: 1, replicates: 20 };

it('gives re-identification by the camera rule, as NumPy', () => {
  const { metrics } = evaluateEmbeddings({ ...options, cameras: groups });
  const { map, minp, recallAt1, recallAt10 } = golden.retrievalCameras;
  const found = ['map', 'minp', 'cmc1', 'cmc10'].map((name) => metrics[`reidentification.${name}` as 'reidentification.map']!.value);
  expectClose(found, [map, minp, recallAt1, recallAt10], float32);
  expect(metrics['reidentification.rerankedMap']).toBeUndefined();
  expect(evaluateEmbeddings({ ...options, cameras: groups, reranked: true }).metrics['reidentification.rerankedMap']!.value).toBeGreaterThan(0);
});

it('ranks re-ranked distances by the camera rule, as NumPy', () => {
  const { reidentification: wanted } = reranking;
  const indices = Int32Array.from(wanted.labels.keys());
  const { queries, ranks } = rerankedRanks({
    embeddings: Float32Array.from(wanted.embeddings), dim: wanted.dim, labels: Int32Array.from(wanted.labels), cameras: Int32Array.from(wanted.cameras),
    queries: indices.filter((at) => at < wanted.queries), gallery: indices.filter((at) => at >= wanted.queries),
  });
  const mean = (score: (own: Int32Array) => number): number => ranks.reduce((sum, own) => sum + score(own), 0) / ranks.length;
  expectClose([queries.length, mean(retrievalScores.recallAt1), mean(retrievalScores.map), mean(retrievalScores.minp)], [wanted.searched, wanted.cmc1, wanted.map, wanted.minp], { rtol: 1e-6 });
});

it.each(reranking.retrieval)('gives retrieval of re-ranked lists, as NumPy: k1 $k1', ({ recallAt1, map, ...constants }) => {
  const { embeddings, dim, labels, cameras } = reranking.reidentification;
  const input = { embeddings: Float32Array.from(embeddings), dim, labels: Int32Array.from(labels), seed: 1, replicates: 20 };
  const { metrics } = evaluateEmbeddings({ ...input, cameras: Int32Array.from(cameras), reranking: constants });
  expectClose([metrics['retrieval.recallAt1']!.value, metrics['retrieval.map']!.value], [recallAt1, map], { rtol: 1e-6 });
  expect(metrics['retrieval.map']!.low).toBeLessThan(map);
  const plain = evaluateEmbeddings({ ...input, cameras: Int32Array.from(cameras) }).metrics;
  expect(metrics['reidentification.map']).toEqual(plain['reidentification.map']);
  expect(metrics['reidentification.rerankedMap']!.value).not.toBe(plain['reidentification.map']!.value);
});

it('orders by the distance of embeddings as they are where that is asked for, as NumPy', () => {
  const { metrics } = evaluateEmbeddings({ ...options, cameras: groups, measure: 'euclidean' });
  const { recallAt1, map, minp } = golden.retrievalEuclidean;
  expectClose([metrics['retrieval.recallAt1']!.value, metrics['retrieval.map']!.value, metrics['retrieval.minp']!.value], [recallAt1, map, minp], float32);
  expect(metrics['reidentification.map']!.value).not.toBe(evaluateEmbeddings({ ...options, cameras: groups }).metrics['reidentification.map']!.value);
  expect(metrics['geometry.intraAngle']).toEqual(evaluateEmbeddings(options).metrics['geometry.intraAngle']);
});

it('gives authorship: episodes of one thread do not find each other', () => {
  // the thread of a sample is its group: the camera rule by another name
  const { metrics } = evaluateEmbeddings({ ...options, sources: Array.from(groups, (group) => Int32Array.of(100 + Number(group), group)) });
  const { mrr, recallAt2 } = golden.retrievalCameras;
  expectClose([metrics['authorship.mrr']!.value, metrics['authorship.recallAt2']!.value], [mrr, recallAt2], float32);
});

it('gives clustering where asked for', () => {
  expect(evaluateEmbeddings(options).metrics['clustering.nmi']).toBeUndefined();
  const { metrics } = evaluateEmbeddings({ ...options, clustered: true });
  expect(metrics['clustering.nmi']!.value).toBeGreaterThan(0.5);
});

it.each(clustering.chance)('has the chance of NMI of scikit-learn: $classes classes of $imagesPerClass', ({ nmi, ...context }) => {
  expectClose(chanceOf({ rule: 'nmi' }, context)!, nmi, { rtol: 1e-9 });
});
