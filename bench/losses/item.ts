import { join } from 'node:path';

import type { BenchItem, Side } from '../item';

/** Losses of the registry that pytorch-metric-learning, or a few lines of PyTorch, compute too. */
const LOSSES = ['softmax', 'normface', 'cosface', 'arcface', 'sphereface', 'centerLoss', 'tripletBatchHard'] as const;

function sides(loss: string): readonly Side[] {
  const settings = { loss, batch: 256, embeddingDim: 512, classes: 1000, threads: 2, repeats: 40 };
  const [ours, torch] = [join(__dirname, 'ours.ts'), join(__dirname, 'torch_loss.py')];
  return [
    { name: 'Hypersphere, recorded', role: 'ours', program: 'node', script: ours, settings: { ...settings, mode: 'recorded' } },
    { name: 'Hypersphere, eager', role: 'context', program: 'node', script: ours, settings: { ...settings, mode: 'eager' } },
    { name: 'PyTorch', role: 'peer', program: 'python', script: torch, settings },
  ];
}

/** Value and gradients, in the embeddings and in what the loss trains, at batch 256, d = 512, 1,000 classes. */
export const lossGradients: readonly BenchItem[] = LOSSES.map((loss) => ({
  id: `loss-${loss.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  title: `Loss and gradient: ${loss}, batch 256, d = 512, 1,000 classes`,
  unit: 'call',
  sides: sides(loss),
  target: 1,
}));
