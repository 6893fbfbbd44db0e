import { describe, expect, it } from '@jest/globals';

import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('arcface', () => {
  const { record } = smokeReproduce('arcface');

  it('takes its margin from the one formula cos(m1 theta + m2) - m3', () => {
    expect(record('CM2 (0.9, 0.4, 0.15)').config.loss).toMatchObject({ multiplier: 0.9, marginRadians: 0.4, cosineMargin: 0.15 });
    expect(record('sphereface 1.35').config.loss).toMatchObject({ multiplier: 1.35, marginRadians: 0, cosineMargin: 0 });
  });

  it('measures the angles of the table of angle statistics', () => {
    const names = ['geometry.prototypeCentreAngle', 'geometry.prototypeInterAngle', 'geometry.trainIntraAngle', 'geometry.trainInterAngle', 'geometry.intraAngle', 'geometry.interAngle'];
    for (const name of names) expect(record('m=0.5').metrics).toHaveProperty([name]);
  });

  it('measures what sub-centres know of the noise, where there is some', () => {
    for (const name of ['noise.dominant', 'noise.found75', 'noise.lost75']) expect(record('noisy K=3').metrics).toHaveProperty([name]);
    expect(record('clean K=3').metrics).not.toHaveProperty(['noise.dominant']);
  });

  it('trains on a sample of the classes, and else as all of them', () => {
    const [some, all] = [record('sampled classes').config, record('m=0.3').config];
    expect(some.schedule.sampleRate).toBe(0.1);
    expect({ ...some, schedule: { ...some.schedule, sampleRate: undefined } }).toEqual({ ...all, schedule: { ...all.schedule, sampleRate: undefined } });
  });

  it('keeps one prototype a class out of several sub-centres of no figure', () => {
    expect(record('noisy K=3').config.loss).toMatchObject({ subCentres: 3 });
    expect(record('noisy K=3').metrics).not.toHaveProperty(['geometry.prototypeCentreAngle']);
  });
});
