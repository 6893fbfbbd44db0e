import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadData, takeImages, type DataConfig } from '@hypersphere/data';
import { startEngine } from '@hypersphere/engine';
import { topKAccuracy } from '@hypersphere/evaluation';
import { embed, train, type TrainResult } from '@hypersphere/training';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';

import { corruptedImages } from '../src/corrupted-images';
import { measure } from '../src/measure';
import { corruptionMetrics, someImages } from '../src/measure-corruptions';
import { sides } from '../src/measure-probe';
import type { PlannedRun } from '../src/plan';

import { cifarContrast, crossEntropy } from '../src/protocols/cifar-contrast';
import type { RunConfig } from '../src/run-config';
import { resolveRunConfig } from '../src/resolve-run-config';

jest.setTimeout(60_000);

const config: DataConfig = { name: 'generated', height: 32, width: 32, channels: 3, trainClasses: 4, validationClasses: 4, testClasses: 4, distractorClasses: 0, imagesPerClass: 12 };
const base = { ...cifarContrast.smoke, data: config };

describe('measureProbe', () => {
  const plan = crossEntropy();
  const sections = typeof plan === 'function' ? plan(base) : plan;
  const crossed = { ...base, ...sections };
  const resolved = resolveRunConfig({ ...crossed, schedule: { ...crossed.schedule, batchSize: 12, epochs: 12 } as RunConfig['schedule'] }, 'test');
  // patterns of the parts differ, so the training images serve for all three
  const data = loadData(config).then((loaded) => ({ ...loaded, validation: loaded.train, test: loaded.train }));
  const runOf = (classifier: 'own' | 'probe') => ({ config: { ...resolved, evaluation: { ...resolved.evaluation, probe: { ...resolved.evaluation.probe, classifier, epochs: 60, learningRates: [1e-6, 0.3] } } } }) as unknown as PlannedRun;
  let trained: TrainResult;
  beforeAll(async () => {
    await startEngine({ log: () => undefined });
    trained = await train({ config: resolved, seed: 0, data: (await data).train });
  });

  it('finds the classes of training by the probe, at the rate that the held-out images prefer', async () => {
    const { metrics, series } = await measure(trained, await data, runOf('probe'));
    expect(metrics['classification.probeTop1']?.value).toBeGreaterThan(0.6);
    expect(metrics['classification.top1']).toEqual(metrics['classification.probeTop1']);
    expect(series).toMatchObject({ probe: { learningRate: 0.3 } });
  });

  it("measures softmax's own classifier, biases included", async () => {
    const { metrics } = await measure(trained, await data, runOf('own'));
    const { train: set } = await data;
    const [weights, biases] = [trained.lossParameters['prototypes']!.dataSync(), trained.lossParameters['bias']!.dataSync()];
    const features = embed(trained.network, trained, set);
    const dim = trained.network.embeddingDim;
    const logits = Float32Array.from({ length: set.labels.length * 4 }, (_, at) => {
      const [row, label] = [Math.floor(at / 4), at % 4];
      let sum = biases[label] ?? NaN;
      for (let axis = 0; axis < dim; axis++) sum += (features[row * dim + axis] ?? NaN) * (weights[label * dim + axis] ?? NaN);
      return sum;
    });
    expect(metrics['classification.top1']?.value).toBeCloseTo(topKAccuracy(logits, set.labels, { classes: 4 }), 6);
    expect(metrics['classification.top1']?.value).toBeGreaterThan(0.5);
    expect(metrics['classification.corruptionError']?.value).toBeGreaterThan(0);
  });
});

describe('sides', () => {
  it('keeps the test images out of a search, and splits the validation images in two', async () => {
    const loaded = await loadData(config);
    const { heldOut, measured } = sides(loaded, 'validation');
    expect([heldOut, measured]).toEqual([0, 1].map((first) => takeImages(loaded.validation, Array.from({ length: 24 }, (_, at) => 2 * at + first))));
    expect(sides(loaded, 'test')).toEqual({ heldOut: loaded.validation, measured: loaded.test });
  });
});

describe('corruptions', () => {
  const folder = temporaryFolder();

  it('makes images again where the cached ones are damaged', async () => {
    const set = someImages((await loadData(config)).test, 2);
    const cache = process.env['HYPERSPHERE_CACHE'];
    process.env['HYPERSPHERE_CACHE'] = folder;
    try {
      const made = await corruptedImages(set, 'contrast', 3);
      expect(made.images).not.toEqual(set.images);
      const [file = ''] = readdirSync(join(folder, 'data', 'corrupted'));
      const path = join(folder, 'data', 'corrupted', file);
      const bytes = readFileSync(path);
      expect(bytes.subarray(32).equals(made.images)).toBe(true);
      writeFileSync(path, bytes.fill(0, 40, 60));
      expect(await corruptedImages(set, 'contrast', 3)).toEqual(made);
    } finally {
      if (cache === undefined) delete process.env['HYPERSPHERE_CACHE'];
      else process.env['HYPERSPHERE_CACHE'] = cache;
    }
  });

  it('averages over corruptions at each severity, and over all for the error', () => {
    const metrics = corruptionMetrics([{ name: 'fog', accuracies: [1, 0.8, 0.6, 0.4, 0.2] }, { name: 'snow', accuracies: [0.8, 0.6, 0.4, 0.2, 0] }]);
    expect(metrics['classification.top1Severity1']?.value).toBeCloseTo(0.9, 12);
    expect(metrics['classification.top1Severity5']?.value).toBeCloseTo(0.1, 12);
    expect(metrics['classification.corruptionError']?.value).toBeCloseTo(0.5, 12);
  });

  it('takes images at even steps, so of every class', async () => {
    const { test } = await loadData(config);
    expect(Array.from(someImages(test, 4).labels)).toEqual([0, 1, 2, 3]);
    expect(someImages(test, 1000).labels).toHaveLength(48);
  });
});
