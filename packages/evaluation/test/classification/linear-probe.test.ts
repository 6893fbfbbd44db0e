import { expect, it } from '@jest/globals';
import { startEngine } from '@hypersphere/engine';
import { expectClose, expectTensorsLeft, onEachBackend } from '@hypersphere/testing';

import { probeAccuracy, trainProbe } from '../../src/classification/linear-probe';
import { linearProbe } from '../../src/classification/probe-by-held-out';
import golden from '../golden/linear-probe.json';

const input = { embeddings: Float32Array.from(golden.embeddings), dim: 5, labels: Int32Array.from(golden.labels) };

onEachBackend('linear probe', () => startEngine({ log: () => undefined }), () => {
  it.each(golden.cases)('takes the steps of NumPy: rate $learningRate, $epochs steps, momentum $momentum', ({ weight, bias, ...options }) => {
    const found = trainProbe(input, { ...options, classes: 4, batchSize: 150 });
    expectClose([...found.weight, ...found.bias], [...weight, ...bias], { rtol: 1e-4, atol: 1e-5 });
  });

  it('comes near the optimum of scikit-learn by batches', () => {
    const { weight, bias } = trainProbe(input, { classes: 4, learningRate: 0.3, epochs: 150, batchSize: 32 });
    let worst = 0;
    golden.labels.forEach((_, row) => {
      const odds = Array.from(bias, (b, k) => Math.exp(b + [0, 1, 2, 3, 4].reduce((sum, at) => sum + input.embeddings[5 * row + at]! * weight[4 * at + k]!, 0)));
      const total = odds.reduce((sum, one) => sum + one, 0);
      odds.forEach((one, k) => (worst = Math.max(worst, Math.abs(one / total - golden.probabilities[4 * row + k]!))));
    });
    expect(worst).toBeLessThan(0.03);
  });

  it('leaves no tensor behind', () => {
    expectTensorsLeft(0, () => void probeAccuracy(input, trainProbe(input, { classes: 4, learningRate: 0.1, epochs: 2 })));
  });
});

it('chooses the rate on held-out images, and tests the probe of that rate', () => {
  const flipped = { ...input, labels: input.labels.map((label) => 3 - label) };
  const found = linearProbe({ train: input, heldOut: input, test: flipped, classes: 4, epochs: 5, rates: [1e-9, 0.3, 1] });
  const best = [...found.heldOut].sort((a, b) => b.top1 - a.top1)[0]!;
  expect(best.top1).toBeGreaterThan(0.5);
  expect(found.learningRate).toBe(best.learningRate);
  expect(found.heldOut.map(({ learningRate }) => learningRate)).toEqual([1e-9, 0.3, 1]);
  expect([found.top1 < 0.3, found.top5]).toEqual([true, 1]);
});

it('passes over a rate at which the probe diverges', () => {
  const huge = { ...input, embeddings: input.embeddings.map((value) => 1e25 * value) };
  const rates = [1e30, 1e-25];
  expect(linearProbe({ train: huge, heldOut: huge, test: huge, classes: 4, epochs: 5, rates })).toMatchObject({ learningRate: 1e-25, heldOut: [{ top1: 0 }, {}] });
  expect(() => linearProbe({ train: huge, heldOut: huge, test: huge, classes: 4, epochs: 5, rates: [1e30] })).toThrow('linearProbe: diverged at every rate, 1e+30; give lower ones');
});

it('says what is wrong', () => {
  expect(() => trainProbe(input, { classes: 3, learningRate: 1 })).toThrow('trainProbe: labels must be in [0, 3), got 3');
  expect(() => linearProbe({ train: input, heldOut: input, test: input, classes: 4, rates: [] })).toThrow('linearProbe: needs one rate or more, got none');
});
