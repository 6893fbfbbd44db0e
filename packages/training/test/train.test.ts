import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HypersphereError, startEngine, writeAtomically } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as tf from '@tensorflow/tfjs';

import { embed } from '../src/embed';
import { train } from '../src/train';
import type { Progress, TrainOptions } from '../src/train-options';
import { generatedImages } from './generated-images';
import { weightBytes } from './resume-run';
import { trainingConfig } from './training-config';

jest.setTimeout(60_000);
const folder = temporaryFolder();
const data = generatedImages();
const CHANCE = 1 / data.classes;
const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({ config: trainingConfig(), seed: 1, data, ...more });

describe('train', () => {
  let first = '';
  beforeAll(async () => {
    await startEngine({ threads: 2, provision: false });
    first = weightBytes(await train(options()));
  }, 60_000);

  it('gives equal bits for equal seeds, and others for another seed', async () => {
    expect(weightBytes(await train(options()))).toBe(first);
    expect(weightBytes(await train(options({ seed: 2 })))).not.toBe(first);
  });

  it('learns: the loss falls and the accuracy rises', async () => {
    const { status, curve, steps, examplesPerSecond } = await train(options({ config: trainingConfig({ steps: undefined, epochs: 10 }), curvePoints: 6 }));
    expect([status, steps]).toEqual(['done', 60]);
    expect(curve.map(({ step }) => step)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(curve.at(-1)?.loss).toBeLessThan(0.5 * (curve[0]?.loss ?? 0));
    const late = curve.slice(-3).map(({ trainAccuracy = 0 }) => trainAccuracy); // of 8 images each
    expect(late.reduce((sum, one) => sum + one) / late.length).toBeGreaterThan(2 * CHANCE);
    expect(curve[2]?.learningRate).toBeCloseTo(0.05 * (1 + Math.cos((Math.PI * 29) / 60)), 6);
    expect(examplesPerSecond).toBeGreaterThan(0);
  });

  it('has a curve of means over the steps between its points', async () => {
    const losses: number[] = [];
    const every = await train(options({ curvePoints: 12 }));
    losses.push(...every.curve.map(({ loss }) => loss));
    const third = await train(options({ curvePoints: 4 }));
    const means = [0, 3, 6, 9].map((at) => ((losses[at] ?? 0) + (losses[at + 1] ?? 0) + (losses[at + 2] ?? 0)) / 3);
    expect(third.curve.map(({ loss }) => loss)).toEqual(means);
  });

  it('validates at evenly spread steps without changing the training', async () => {
    const seen: number[] = [];
    const measure: NonNullable<TrainOptions['validation']>['measure'] = ({ network, parameters, statistics, step }) => {
      seen.push(step);
      return { spread: Math.max(...embed(network, { parameters, statistics }, data)) };
    };
    const result = await train(options({ validation: { points: 3, measure }, curvePoints: 4 }));
    expect(seen).toEqual([4, 8, 12]);
    expect(result.curve.map(({ step }) => step)).toEqual([3, 4, 6, 8, 9, 12]);
    expect(result.curve.flatMap(({ step, validation }) => (validation === undefined ? [] : [step]))).toEqual(seen);
    expect(result.curve.at(-1)?.validation?.['spread']).toBeGreaterThan(0);
    expect(weightBytes(result)).toBe(first);
  });

  it('tells its progress', async () => {
    const told: Progress[] = [];
    await train(options({ onProgress: (progress) => told.push(progress) }));
    expect(told.map(({ step, steps }) => [step, steps])).toEqual(Array.from({ length: 12 }, (_, at) => [at + 1, 12]));
    expect(told.every(({ loss, stepsPerSecond, secondsLeft }) => loss > 0 && stepsPerSecond > 0 && secondsLeft >= 0)).toBe(true);
    expect([told[0]?.learningRate, told.at(-1)?.secondsLeft]).toEqual([0.1, 0]);
  });

  it('stops after the step at which it is told to, and goes on from there', async () => {
    const checkpointFolder = join(folder, 'interrupted');
    const stop = new AbortController();
    const interrupted = await train(options({ checkpointFolder, signal: stop.signal, onProgress: ({ step }) => step === 5 && stop.abort() }));
    expect([interrupted.status, interrupted.steps]).toEqual(['interrupted', 5]);
    const lines: string[] = [];
    const resumed = await train(options({ checkpointFolder, log: (line) => lines.push(line) }));
    expect(lines).toEqual(['resuming at step 5 of 12']);
    expect([resumed.status, weightBytes(resumed)]).toEqual(['done', first]);
    const again = await train(options({ checkpointFolder })); // nothing is left to do
    expect([again.status, again.steps, weightBytes(again)]).toEqual(['done', 12, first]);
    expect(again.curve).toEqual(resumed.curve);
  });

  it('refuses the checkpoint of another seed', async () => {
    await expect(train(options({ checkpointFolder: join(folder, 'interrupted'), seed: 2 }))).rejects.toThrow(/is of another run/);
  });

  it('stops when the disk is full, the checkpoint before intact', async () => {
    const checkpointFolder = join(folder, 'full');
    mkdirSync(checkpointFolder);
    let writes = 0;
    const write: TrainOptions['write'] = async (path, bytes) => {
      if (++writes > 2) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      await writeAtomically(path, bytes);
    };
    const full = train(options({ checkpointFolder, checkpointSteps: 4, write }));
    await expect(full).rejects.toThrow(HypersphereError);
    await expect(full).rejects.toThrow(/checkpoint step-000000008 was not written: no space left on the device/);
    expect(readdirSync(checkpointFolder)).toEqual(['step-000000004.json', 'step-000000004.safetensors']);
    expect(weightBytes(await train(options({ checkpointFolder })))).toBe(first);
  });

  it('leaves behind only the tensors of its result, over a thousand steps', async () => {
    const tiny = trainingConfig({ steps: 1000, batchSize: 2, loss: { name: 'softmax' } });
    const config = { ...tiny, backbone: { name: 'mnist-cnn', width: 1, embeddingDim: 2 } } as const;
    const counts: number[] = [];
    const before = tf.memory().numTensors;
    const result = await train(options({ config, checkpointFolder: join(folder, 'long'), onProgress: () => counts.push(tf.memory().numTensors) }));
    expect(new Set(counts)).toEqual(new Set([counts[0]]));
    tf.dispose([result.parameters, result.statistics, result.lossParameters]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
