import { losses } from '@hypersphere/core-losses';
import { describe, expect, it } from '@jest/globals';

import { lossRows } from '../../../packages/experiment-kit/src/protocols/loss-rows';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

/** Losses that are no row, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  centerLoss: 'has no negatives and collapses; it is joined to softmax',
  simclr: 'uses no labels',
};

describe('head-to-head', () => {
  const { record } = smokeReproduce('head-to-head');

  it('has a row for every loss of the registry', () => {
    const rows = [...Object.values(lossRows).map(({ loss }) => loss.name as string), record('triplet, batch-hard').config.loss.name];
    expect(Object.keys(losses).filter((name) => !rows.includes(name))).toEqual(Object.keys(LEFT_OUT));
  });

  it('trains all rows on the same images, batches, network and number of steps', () => {
    const { data, backbone, schedule, evaluation, execution } = record('softmax').config;
    const same = { data, backbone, schedule, evaluation, execution };
    for (const name of Object.keys(lossRows)) expect(record(name).config).toMatchObject(same);
  });

  it('shuffles the batches of the rows that say so', () => {
    expect(record('ArcFace, shuffled').config.schedule.classBalance).toBeUndefined();
    expect(record('ArcFace').config.schedule.classBalance).toEqual({ classesPerBatch: 4, imagesPerClass: 4 });
  });
});
