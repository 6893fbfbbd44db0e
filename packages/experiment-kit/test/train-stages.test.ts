import { join } from 'node:path';
import { loadData, type ImageSet } from '@hypersphere/data';
import { startEngine } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';

import { pretrained } from '../src/protocols/pretrained';
import { zeroShotHangul } from '../src/protocols/zero-shot-hangul';
import { resolveRunConfig } from '../src/resolve-run-config';
import type { RunConfig } from '../src/run-config';
import { identify, pretrainingId, trainingId } from '../src/run-identity';
import { trainStages, type StagesResult } from '../src/train-stages';
import type { PlannedRun } from '../src/plan';

jest.setTimeout(120_000);

const folder = temporaryFolder();
const base: RunConfig = { ...zeroShotHangul.smoke, schedule: { ...zeroShotHangul.smoke.schedule, epochs: 8 } as RunConfig['schedule'] };
const plan = pretrained({ loss: { name: 'group', temperature: 10 } });
const config = resolveRunConfig({ ...base, ...(typeof plan === 'function' ? plan(base) : plan) }, 'test');
const runOf = (of: RunConfig): PlannedRun => ({ ...identify(of, 3), config: of, seed: 3, uses: [] });
const run = runOf(config);

/** All trained tensors, to the bit. */
function bytes({ parameters, statistics, lossParameters }: StagesResult): string[] {
  const tensors = [parameters, statistics, lossParameters].flatMap((group) => Object.entries(group));
  return tensors.map(([name, tensor]) => `${name} ${Buffer.from(tensor.dataSync<'float32'>().slice().buffer).toString('hex')}`);
}

const folders = (name: string, first = name) => ({ folder: join(folder, name), pretrainingFolder: join(folder, `${first}-first`) });

let data: ImageSet;
let undisturbed: StagesResult;
beforeAll(async () => {
  await startEngine({ log: () => undefined });
  data = (await loadData(config.data)).train;
  undisturbed = await trainStages(run, data, folders('undisturbed'));
});

/** Trains until the given step of both stages together, then interrupts. */
function interruptedAt(step: number): Promise<StagesResult> {
  const stop = new AbortController();
  return trainStages(run, data, { ...folders('disturbed'), signal: stop.signal, onProgress: (at) => at.step >= step && stop.abort() });
}

describe('trainStages', () => {
  it('counts both stages, and starts the second from the network and classifier of the first', async () => {
    expect(undisturbed).toMatchObject({ status: 'done', steps: 24 });
    expect(undisturbed.pretrainingCurve?.at(-1)?.step).toBe(12);
    // with nothing learned in the second stage its end is that of the first
    const still = runOf({ ...config, optimiser: { name: 'sgd', learningRate: 1e-30, momentum: 0 } });
    const stood = await trainStages(still, data, folders('still', 'undisturbed'));
    const first = await trainStages(runOf({ ...base, ...config.pretraining, data: config.data }), data, folders('first'));
    const parts = (result: StagesResult) => ({ ...result.parameters, ...result.lossParameters });
    for (const [name, tensor] of Object.entries(parts(first))) expect([name, Array.from(parts(stood)[name]?.dataSync() ?? [])]).toEqual([name, Array.from(tensor.dataSync())]);
  });

  it('ends with the weights of a training never disturbed, to the bit, interrupted in either stage', async () => {
    const told: number[] = [];
    expect(await interruptedAt(5)).toMatchObject({ status: 'interrupted', steps: 5 });
    expect(await interruptedAt(17)).toMatchObject({ status: 'interrupted', steps: 17 });
    const resumed = await trainStages(run, data, { ...folders('disturbed'), onProgress: ({ step, steps }) => told.push(step, steps) });
    expect(told.slice(0, 2)).toEqual([18, 24]);
    expect(resumed.curve.map(({ loss }) => loss)).toEqual(undisturbed.curve.map(({ loss }) => loss));
    expect(bytes(resumed)).toEqual(bytes(undisturbed));
  });

  it('takes up a first stage of another run, and trains it anew where that is asked for', async () => {
    const stepsOf = async (name: string, fresh: boolean): Promise<number | undefined> => {
      const told: number[] = [];
      await trainStages(run, data, { ...folders(name, 'undisturbed'), fresh, onProgress: ({ step }) => told.push(step) });
      return told[0];
    };
    expect([await stepsOf('shared', false), await stepsOf('anew', true)]).toEqual([13, 1]);
  });

  it('does not take up a second stage that another first stage began', async () => {
    const other = runOf({ ...config, pretraining: { ...config.pretraining!, optimiser: { name: 'sgd', learningRate: 0.01, momentum: 0.9 } } });
    await expect(trainStages(other, data, folders('undisturbed', 'other'))).rejects.toThrow('of another run');
  });
});

describe('trainingId', () => {
  const measured = (evaluation: Partial<RunConfig['evaluation']>): RunConfig => ({ ...config, evaluation: { ...config.evaluation, ...evaluation } });

  it('is the same for what is done to the trained network alone, and differs with all else', () => {
    const own = identify(config, 3).id;
    const later = [{ testTime: { slope: 0.5 } }, { cameras: 'groups' }, { reranking: { k1: 20, k2: 6, lambda: 0.3 } }, { clustered: true }] as const;
    for (const evaluation of later) {
      expect(trainingId(measured(evaluation), 3)).toBe(own);
      expect(identify(measured(evaluation), 3).id).not.toBe(own);
    }
    const others = [measured({ validationPoints: 3 }), { ...config, pretraining: { ...config.pretraining!, loss: { name: 'normface' } as const } }];
    for (const other of others) expect(trainingId(other, 3)).not.toBe(own);
    expect(trainingId(config, 4)).not.toBe(own);
  });

  it('has beside it that of the first stage, which does not know of the second', () => {
    const own = pretrainingId(config, 3);
    expect(pretrainingId({ ...config, loss: { name: 'softmax' }, schedule: base.schedule }, 3)).toBe(own);
    expect(pretrainingId({ ...config, backbone: { name: 'small-resnet', width: 4, embeddingDim: 0 } }, 3)).not.toBe(own);
    expect(pretrainingId(config, 4)).not.toBe(own);
    expect(pretrainingId(base, 3)).toBeUndefined();
  });
});

describe('resolveRunConfig', () => {
  const resolved = (changes: Partial<RunConfig>) => () => resolveRunConfig({ ...config, ...changes }, 'here');
  const evaluation = (changes: object) => ({ evaluation: { ...config.evaluation, ...changes } });

  it('names what is wrong with a first stage and with what is measured', () => {
    expect(resolved({ pretraining: { ...config.pretraining!, loss: { name: 'group', steps: -1 } } })).toThrow(/here: pretraining: loss.*steps/);
    expect(resolved({ pretraining: { ...config.pretraining!, optimiser: { name: 'sgd', learningRate: 0 } } })).toThrow(/here: pretraining: optimiser.learningRate/);
    expect(resolved({ pretraining: { ...config.pretraining!, data: config.data } as RunConfig['pretraining'] & object })).toThrow("here: pretraining: unknown option 'data'");
    expect(resolved(evaluation({ reranking: { k1: 4, k2: 6 } }))).toThrow('expected k2 to be at most k1 + 1');
    expect(resolved(evaluation({ testTime: { slope: 2 } }))).toThrow(/evaluation.testTime.slope/);
    expect(resolved({ ...evaluation({ testTime: {} }), backbone: { name: 'mnist-cnn' } })).toThrow(/evaluation.testTime.*no layer 'pool'/);
    expect(resolved({ ...evaluation({ cameras: 'groups' }), data: { name: 'typefaces' } })).toThrow("data.identity 'family'");
  });
});
