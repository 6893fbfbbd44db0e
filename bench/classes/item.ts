import { join } from 'node:path';

import type { CurveItem } from '../item';

const settings = { batch: 128, embeddingDim: 512, threads: 2, steps: 5 };
const [ours, torch] = [join(__dirname, 'ours.ts'), join(__dirname, 'torch_classes.py')];

/** CosFace over more and more classes: loss, gradients and SGD with momentum, in full, in blocks and on a sample of the classes. */
export const manyClasses: readonly CurveItem[] = [
  {
    id: 'many-classes',
    title: 'Many classes: CosFace with gradients and update, batch 128, d = 512',
    unit: 'step',
    along: 'classes',
    at: [1000, 3000, 10_000, 30_000, 100_000],
    extrapolateTo: 1_000_000,
    sides: [
      { name: 'Hypersphere, all classes', role: 'ours', program: 'node', script: ours, settings: { ...settings, classBlock: 0, sampleRate: 0 } },
      { name: 'Hypersphere, blocks of 4,096', role: 'ours', program: 'node', script: ours, settings: { ...settings, classBlock: 4096, sampleRate: 0 } },
      { name: 'Hypersphere, a sample of 10 %', role: 'ours', program: 'node', script: ours, settings: { ...settings, classBlock: 0, sampleRate: 0.1 } },
      { name: 'PyTorch, all classes', role: 'peer', program: 'python', script: torch, settings },
    ],
  },
];
