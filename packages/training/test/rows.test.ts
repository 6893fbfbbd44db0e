import { buildBackbone } from '@hypersphere/backbones';
import type { RowSet } from '@hypersphere/data';
import { expectClose } from '@hypersphere/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { embed } from '../src/embed';
import { batchFeed } from '../src/input/batch-feed';
import { batchQueue } from '../src/input/batch-queue';
import { batchMaker } from '../src/input/host-batch';
import { trainingLength } from '../src/schedules';
import { train } from '../src/train';
import { trainingConfig } from './training-config';

const COUNT = 24;
const labels = Int32Array.from({ length: COUNT }, (_, at) => at % 4);
const others = { labels, classes: 4, authors: Int32Array.of(0, 1, 2, 3), sources: Array.from(labels, (_, at) => Int32Array.of(at)) };
/** Row i: its class's feature 1, and a trace of i. */
const features: RowSet = { ...others, kind: 'features', size: 5, rows: Float32Array.from({ length: 5 * COUNT }, (_, at) => (at % 5 === labels[Math.floor(at / 5)] ? 1 : at % 5 === 4 ? at / 1000 : 0)) };
const tokens: RowSet = { ...others, kind: 'tokens', size: 6, rows: Int32Array.from(Array.from(labels, (_, row) => [1 + (row % 11), 1 + Math.floor(row / 11), 3, 4, 5, 0]).flat()) };
const rowsOf = ({ rows, size }: RowSet) => Array.from({ length: COUNT }, (_, at) => String(Array.from(rows.subarray(at * size, (at + 1) * size))));
const split = ({ size }: RowSet, values: ArrayLike<number>) => Array.from({ length: values.length / size }, (_, at) => String(Array.from(values).slice(at * size, (at + 1) * size)));
const bag = { name: 'ngram-bag', hidden: 6, embeddingDim: 3, featureDropout: 0 } as const;
const cnn = { name: 'text-cnn', vocabulary: 12, tokenDim: 3, filters: 2, hidden: 4, embeddingDim: 3 } as const;

describe('training on rows', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it.each([['features', features, bag, 'float32'], ['tokens', tokens, cnn, 'int32']] as const)('feeds each row of %s once an epoch, with its label', async (_kind, data, backbone, dtype) => {
    const config = trainingConfig({ batchSize: 8 });
    const make = batchFeed({ config, network: buildBackbone(backbone, { [data.kind]: data.size } as never), annealed: [], data, length: trainingLength(config.schedule, COUNT), seed: 1 });
    const batches = await Promise.all([0, 1, 2].map((step) => make(step)));
    expect(batches.map(({ images }) => [images.dtype, ...images.shape])).toEqual([0, 1, 2].map(() => [dtype, 8, data.size]));
    const [shown, classes] = [batches.flatMap(({ images }) => split(data, images.dataSync())), batches.flatMap((batch) => Array.from(batch.labels.dataSync()))];
    expect([...shown].sort()).toEqual(rowsOf(data).sort());
    const known = new Map(rowsOf(data).map((row, at) => [row, labels[at]]));
    expect(shown.map((row) => known.get(row))).toEqual(classes);
  });

  it.each([['features', features], ['tokens', tokens]] as const)('has the same batches of %s from a worker thread', async (_kind, data) => {
    const plan = { batchSize: 8, seed: 1, stepsPerEpoch: 3, masks: {} };
    const queue = batchQueue({ plan, data, steps: 12, workers: 1 });
    const make = batchMaker(plan, data);
    try {
      for (let step = 0; step < 12; step++) {
        await new Promise((resolve) => setImmediate(resolve));
        expect(await queue.take(step)).toEqual(make(step));
      }
    } finally {
      await queue.dispose();
    }
  });

  it('finds the classes of rows, and embeds them', async () => {
    const config = { ...trainingConfig({ batchSize: 8, steps: 60, epochs: undefined }), backbone: bag, loss: { name: 'softmax' } as const, optimiser: { name: 'adam', learningRate: 0.05 } as const };
    const result = await train({ config, seed: 1, data: features, mode: 'eager' });
    const first = result.curve[0]?.loss ?? 0;
    expect(result.curve.at(-1)?.loss).toBeLessThan(first / 4);
    const whole = embed(result.network, result, features);
    expect(whole).toHaveLength(3 * COUNT);
    expectClose(embed(result.network, result, features, { batch: 5 }), whole);
    expect(() => embed(result.network, result, features, { mirror: 'sum' })).toThrow("embed: mirror 'sum' needs images; texts have no mirror image");
    tf.dispose([result.parameters, result.statistics, result.lossParameters]);
  });

  it('has no augmentation', () => {
    expect(() => batchMaker({ batchSize: 8, seed: 1, stepsPerEpoch: 3, masks: {}, augmentation: { mirror: true } }, features)(0)).toThrow(new RangeError('schedule.augmentation: only images can be augmented; leave it out'));
  });
});
