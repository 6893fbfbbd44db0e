import { describe, expect, it } from '@jest/globals';

import { smokeReproduce } from '../../../packages/experiment-kit/test/smoke-reproduce';

describe('sphereface', () => {
  const { record } = smokeReproduce('sphereface');

  it('anneals lambda for A-Softmax, and for no other loss', () => {
    expect(record('m=4').config.schedule.annealing).toMatchObject({ lambda: { base: 1000, floor: 5 } });
    expect(record('softmax').config.schedule.annealing).toEqual({});
  });

  it('holds lambda at 0 in the variant without annealing', () => {
    expect(record('without annealing').config.schedule.annealing).toMatchObject({ lambda: { base: 0, floor: 0 } });
  });

  it('compares depths on the network without batch norm, and every other row on one network', () => {
    expect(record('A-Softmax layers=20').config.backbone).toMatchObject({ name: 'sfnet', depth: 20 });
    expect(record('softmax layers=20').config.backbone).toEqual(record('A-Softmax layers=20').config.backbone);
    expect(record('m=1').config.backbone).toEqual(record('softmax').config.backbone);
  });

  it('keeps features in three dimensions for the figure', () => {
    expect(record('sphere m=4').series).toMatchObject({ embeddings: { dim: 3 }, prototypes: { dim: 3 } });
  });

  it('measures the angular Fisher score', () => {
    expect(record('m=4').metrics).toHaveProperty(['geometry.angularFisher']);
  });
});
