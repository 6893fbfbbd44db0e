import { describe, expect, it } from '@jest/globals';

import { configOf, loadExperiment, planExperiment } from '../../../packages/experiment-kit/src';
import { planStudy } from '../../../packages/experiment-kit/src/plan-study';
import { magnitudes } from '../../../packages/experiment-kit/src/protocols/loss-rows';
import { tuned } from '../../../packages/experiment-kit/src/protocols/tuned';
import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('unpg', () => {
  const { record } = smokeReproduce('unpg');
  const { experiment } = loadExperiment('unpg');
  const standard = (variant: string) => configOf(experiment, variant, 'standard');

  it('gives UNPG the scale, margin and learning rate of its host', () => {
    expect(record('CosFace').config.loss).toMatchObject({ name: 'cosface', scale: tuned.cosface.scale, margin: 0.35 });
    expect(record('CosFace + UNPG').config.loss).toMatchObject({ host: 'cosface', scale: tuned.cosface.scale, cosineMargin: 0.35, whisker: 1.5, pairs: 'batch', classNegatives: true });
    expect(record('ArcFace').config.loss).toMatchObject({ name: 'arcface', scale: tuned.arcface.scale, marginRadians: 0.3, beyondPi: 'fix' });
    expect(record('ArcFace + UNPG').config.loss).toMatchObject({ host: 'arcface', scale: tuned.arcface.scale, marginRadians: 0.3, beyondPi: 'fix' });
    for (const variant of ['MagFace', 'MagFace + UNPG']) expect(record(variant).config.loss).toMatchObject({ scale: tuned.magface.scale, ...magnitudes });
  });

  it.each(['CosFace', 'ArcFace', 'MagFace', 'CosFace s=64', 'ArcFace s=64', 'MagFace s=64'])('changes the loss alone where UNPG joins %s', (host) => {
    const joined = host.replace('Face', 'Face + UNPG');
    expect({ ...standard(joined), loss: standard(host).loss }).toEqual(standard(host));
  });

  it('shares the runs of its hosts with their own papers', () => {
    const ids = (paper: string, variant: string) => planExperiment(loadExperiment(paper).experiment, { profile: 'standard', only: [variant] }).map(({ id }) => id);
    expect(ids('unpg', 'CosFace')).toEqual(ids('cosface', 'm=0.35'));
    expect(ids('unpg', 'ArcFace')).toEqual(ids('arcface', 'm=0.3'));
    expect(ids('unpg', 'CosFace s=64')).toEqual(expect.arrayContaining(ids('cosface', 'paper s, m')));
  });

  it('crosses whisker and wrong labels, host included', () => {
    for (const share of [0.1, 0.2]) {
      const percent = `${100 * share} % noise`;
      for (const whisker of [0, 1, 1.5, 2]) {
        expect(record(`${percent} r=${whisker}`).config).toMatchObject({ loss: { whisker, filter: true }, data: { labelNoise: { share, kind: 'closed' } } });
      }
      expect(record(`${percent} no filter`).config).toMatchObject({ loss: { filter: false }, data: { labelNoise: { share } } });
      expect(record(`${percent} CosFace`).config).toMatchObject({ loss: { name: 'cosface' }, data: { labelNoise: { share } } });
    }
  });

  it('takes the sources of negatives apart, and the usual misreading', () => {
    expect(record('in-batch only').config.loss).toMatchObject({ classNegatives: false, pairs: 'batch' });
    expect(record('pairs of the own row').config.loss).toMatchObject({ classNegatives: true, pairs: 'row' });
  });

  it('sees as many images in every size of batch, and as many steps with few classes', () => {
    expect(standard('UNPG N=512').schedule).toMatchObject({ batchSize: 512, epochs: standard('CosFace').schedule.epochs });
    expect(standard('few classes ArcFace')).toMatchObject({ data: { trainClasses: 50 }, schedule: { epochs: 84, batchSize: 80 } });
    expect(standard('few classes Circle')).toMatchObject({ data: { trainClasses: 50 }, schedule: { epochs: 84, batchSize: 80, classBalance: { classesPerBatch: 16 } } });
  });

  it('has the constants of the released code in the profile `paper`', () => {
    const { backbone, optimiser, schedule, loss } = configOf(experiment, 'ArcFace + UNPG', 'paper');
    expect(loss).toMatchObject({ host: 'arcface', scale: 64, marginRadians: 0.5, beyondPi: 'released', whisker: 1.5 });
    expect(backbone).toMatchObject({ name: 'iresnet', depth: 100, embeddingDim: 512, dropout: 0 });
    expect(schedule).toMatchObject({ epochs: 20, batchSize: 512, learningRate: { kind: 'cosine' }, warmUpSteps: 3 * 11_328 });
    expect(optimiser).toMatchObject({ name: 'sgd', learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4, decayLoss: true });
    expect(configOf(experiment, 'few classes ArcFace + UNPG', 'paper')).toMatchObject({ data: { train: 'k-face-t4' }, backbone: { depth: 34 }, loss: { whisker: 1 } });
  });

  it('looks for its regime on validation classes, with the host beside it at every point', () => {
    const { points, store } = planStudy(experiment, { profile: 'quick', study: 'regime-data', vary: [] });
    expect([store, points.length]).toEqual(['search', 36]);
    for (const { runs, against = [] } of points) {
      expect(runs.map(({ seed }) => seed)).toEqual([100, 101]);
      expect(against.map(({ seed }) => seed)).toEqual([100, 101]);
      const [unpg, host] = [runs[0]?.config, against[0]?.config];
      expect(unpg?.evaluation.split).toBe('validation');
      expect({ ...unpg, loss: host?.loss }).toEqual(host);
    }
  });
});
