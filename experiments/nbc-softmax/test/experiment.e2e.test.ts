import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadTexts } from '@hypersphere/data';

import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('nbc-softmax', () => {
  const { record, folder } = smokeReproduce('nbc-softmax');
  const valueOf = (variant: string, metric: string) => record(variant).metrics[metric]?.value;

  it('runs the released code beside forms that can act, all else equal', () => {
    expect(record('NBC as coded').config.loss).toMatchObject({ tau: 0.2, tauMode: 'multiply', rho: 0.5, normaliser: 'classes', selfTerm: 'keep', sign: 'signed', projectionSize: 0 });
    expect(record('tau=5').config.loss).toMatchObject({ tau: 5, tauMode: 'multiply', rho: 0.5, normaliser: 'none' });
    for (const variant of ['NBC as coded', 'tau=5', 'rho=1', 'projection']) {
      expect({ ...record(variant).config, loss: {} }).toEqual({ ...record('softmax').config, loss: {} });
    }
  });

  it('is softmax where the block term has no share', () => {
    expect(valueOf('rho=0', 'authorship.mrr')).toBe(valueOf('softmax', 'authorship.mrr'));
    expect(valueOf('rho=1', 'authorship.mrr')).not.toBe(valueOf('softmax', 'authorship.mrr'));
  });

  it('cuts longer episodes from the posts of the same authors', () => {
    const episodes = [1, 2, 3].map((length) => (record(`softmax, L=${length}`).series as { testSet: { classes: number; imagesPerClass: number } }).testSet);
    expect(new Set(episodes.map(({ classes }) => classes)).size).toBe(1);
    const counts = episodes.map(({ classes, imagesPerClass }) => Math.round(classes * imagesPerClass));
    expect(counts[0]).toBeGreaterThan(counts[1] ?? 0);
    expect(counts[1]).toBeGreaterThan(counts[2] ?? 0);
  });

  it('feeds byte pairs to the text CNN, and batches of P authors to losses of pairs', () => {
    expect(record('text CNN').config).toMatchObject({ data: { features: { kind: 'tokens' } }, backbone: { name: 'text-cnn' } });
    expect(record('SupCon').config.schedule).toMatchObject({ classBalance: { classesPerBatch: 4, imagesPerClass: 4 }, batchSize: 16 });
  });

  it('reports the padded gallery and the older half beside the main metric', () => {
    for (const metric of ['authorship.mrr', 'authorship.recallAt10', 'authorship.olderMrr', 'authorship.paddedMrr', 'retrieval.mrr']) expect(valueOf('softmax', metric)).toBeGreaterThan(0);
  });

  it('fills up the gallery of one training to batches of any size', () => {
    const [as16, as256, coded] = [record('padded to=16'), record('padded to=256'), record('NBC as coded')];
    expect([as16.seconds, as256.seconds]).toEqual([coded.seconds, coded.seconds]); // its checkpoint, not its repetition
    expect(as256.metrics['retrieval.mrr']).toEqual(as16.metrics['retrieval.mrr']);
    expect(valueOf('padded to=256', 'authorship.paddedMrr')).not.toBe(valueOf('padded to=16', 'authorship.paddedMrr'));
  });

  it('writes no text of a post anywhere', async () => {
    const { train, test } = await loadTexts(record('softmax').config.data);
    const words = new Set([...train.texts, ...test.texts].flatMap((text) => text.split(' ').filter((word) => word.length > 5)));
    expect(words.size).toBeGreaterThan(10);
    const written = filesIn(folder()).filter((path) => /\.(jsonl?|md|csv|tex|svg)$/.test(path)).map((path) => readFileSync(path, 'utf8')).join('\n').match(/[a-z]{6,}/g) ?? [];
    expect(written.filter((word) => words.has(word))).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}
