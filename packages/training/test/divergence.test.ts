import { startEngine } from '@hypersphere/engine';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';

import { train } from '../src/train';
import { generatedImages } from './generated-images';
import { trainingConfig } from './training-config';

jest.setTimeout(60_000);
const data = generatedImages();

describe('train', () => {
  beforeAll(() => startEngine({ threads: 2, provision: false }), 60_000);

  it('stops a run whose loss leaves the finite numbers and names the tensor', async () => {
    const config = trainingConfig({ loss: { name: 'softmax' }, optimiser: { name: 'sgd', learningRate: 1e25 }, steps: 40 });
    const { status, diagnosis, steps, parameters } = await train({ config, seed: 1, data });
    expect(status).toBe('diverged');
    expect(steps).toBeLessThan(40);
    expect(diagnosis).toMatchObject({ reason: 'non-finite', step: steps + 1 });
    expect(diagnosis?.tensor?.kind).toMatch(/^(activation|loss|gradient|statistic|parameter)$/);
    expect(diagnosis?.message).toContain(`diverged at step ${steps + 1}: loss`);
    expect(Object.keys(parameters)).toContain('embedding/kernel'); // of the last step that was finite
  });

  it('finds SphereFace without annealing collapsed, where annealing saves it', async () => {
    const many = generatedImages({ classes: 20, perClass: 8 });
    const optimiser = { name: 'adam', learningRate: 0.02 } as const;
    const lambda = (annealing: object) =>
      train({
        config: trainingConfig({ loss: { name: 'sphereface', margin: 4 }, optimiser, steps: 160, batchSize: 16, annealing: { lambda: annealing } }),
        seed: 1,
        data: many,
        curvePoints: 16,
      });
    const bare = await lambda({ base: 0, floor: 0 });
    const annealed = await lambda({ base: 1000, floor: 5, floorAtStep: 80 });
    expect([bare.status, bare.diagnosis?.reason]).toEqual(['diverged', 'collapsed']);
    expect(bare.curve.at(-1)?.loss).toBeCloseTo(Math.log(20), 0);
    expect(annealed.status).toBe('done');
    expect(annealed.curve.at(-1)?.loss).toBeLessThan(0.9 * Math.log(20));
  });
});
