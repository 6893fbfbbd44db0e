import { describe, expect, it, jest } from '@jest/globals';
import { manifestDigest } from '@hypersphere/data';
import { TRAINING_VERSION } from '@hypersphere/training';

import { experimentIds, loadExperiment } from '../src/load-experiment';
import { planExperiment, type PlannedRun } from '../src/plan';
import type { RunConfig } from '../src/run-config';
import { resolveRunConfig } from '../src/resolve-run-config';
import type * as Identity from '../src/run-identity';
import { identify, trainingId } from '../src/run-identity';
import { tiny } from './tiny';

const [run] = planExperiment(tiny.experiment, { profile: 'smoke' }) as [PlannedRun];

describe('identity of a run', () => {
  it.each(experimentIds().flatMap((id) => (['smoke', 'quick', 'standard'] as const).map((profile) => [id, profile] as const)))(
    '%s, %s: survives JSON, and resolving again changes nothing',
    (id, profile) => {
      for (const { config, seed, ...planned } of planExperiment(loadExperiment(id).experiment, { profile })) {
        const again = JSON.parse(JSON.stringify(config)) as RunConfig;
        expect(again).toEqual(config);
        expect(identify(resolveRunConfig(again, id), seed).id).toBe(planned.id);
      }
    },
  );

  it('does not depend on the paper or on the order of keys', () => {
    const [other] = planExperiment({ ...tiny.experiment, id: 'other' }, { profile: 'smoke' });
    expect(other?.id).toBe(run.id);
    const reversed = Object.fromEntries(Object.entries(run.config).reverse()) as unknown as RunConfig;
    expect(identify(reversed, 0).id).toBe(run.id);
  });

  it('is 16 hex digits, and differs with the seed and every section', () => {
    const { config } = run;
    const changed: RunConfig[] = [
      { ...config, optimiser: { ...config.optimiser, learningRate: 0.5 } },
      { ...config, schedule: { ...config.schedule, batchSize: 8 } },
      { ...config, loss: { name: 'softmax', labelSmoothing: 0.1 } },
      { ...config, data: { ...config.data, name: 'generated', noise: 0.2 } },
      { ...config, evaluation: { ...config.evaluation, split: 'validation' } },
      { ...config, execution: { ...config.execution, threads: 2 } },
      { ...config, backbone: { name: 'small-resnet', width: 6, embeddingDim: 8 } },
    ];
    const ids = [identify(config, 0), identify(config, 1), ...changed.map((one) => identify(one, 0))].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
  });

  it('shares a training among runs that differ in what is measured after it, and among no others', () => {
    const { config } = run;
    const measured = (evaluation: Partial<RunConfig['evaluation']>): string => trainingId({ ...config, evaluation: { ...config.evaluation, ...evaluation } }, 0);
    const probe = { features: 'pool', classifier: 'probe', learningRates: [1], epochs: 1, batchSize: 8, corruptedImages: 0 } as const;
    for (const later of [{ exit: 1 }, { clustered: true }, { paddingBatch: 16 }, { probe }, { testTime: { beta: 0.1 } }] as const) expect(measured(later)).toBe(measured({}));
    expect(measured({ validationPoints: 9 })).not.toBe(measured({}));
    expect(trainingId(config, 1)).not.toBe(measured({}));
  });

  it('differs with the version of the training and with the manifest of the data', () => {
    expect(idWith(TRAINING_VERSION, manifestDigest)).toBe(run.id);
    expect(idWith(TRAINING_VERSION + 1, manifestDigest)).not.toBe(run.id);
    expect(idWith(TRAINING_VERSION, () => 'another')).not.toBe(run.id);
  });
});

/** The run's id under another version of the training code, or another manifest. */
function idWith(version: number, digest: typeof manifestDigest): string {
  let id = '';
  jest.isolateModules(() => {
    jest.doMock('@hypersphere/training', () => ({ TRAINING_VERSION: version }));
    jest.doMock('@hypersphere/data', () => ({ manifestDigest: digest }));
    id = jest.requireActual<typeof Identity>('../src/run-identity').identify(run.config, 0).id;
  });
  return id;
}
