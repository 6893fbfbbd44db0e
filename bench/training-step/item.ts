import { join } from 'node:path';

import type { BenchItem, Side } from '../item';

const ours = join(__dirname, 'ours.ts');
const torch = join(__dirname, 'torch_step.py');

/** What a step is measured on, and for how many steps. */
export interface StepSize {
  readonly width: number;
  readonly side: number;
  readonly batch: number;
  readonly classes: number;
  readonly embeddingDim: number;
  readonly threads: number;
  readonly steps: number;
}

function sides(size: StepSize): readonly Side[] {
  const settings = { ...size }; // an interface has no index signature
  return [
    { name: 'Hypersphere, recorded', role: 'ours', program: 'node', script: ours, settings: { ...settings, mode: 'recorded' } },
    { name: 'Hypersphere, eager', role: 'context', program: 'node', script: ours, settings: { ...settings, mode: 'eager' } },
    { name: 'tfjs, stock ops only', role: 'context', program: 'node', script: ours, settings: { ...settings, mode: 'stock' } },
    { name: 'PyTorch, channels last', role: 'peer', program: 'python', script: torch, settings: { ...settings, mode: 'channels-last' } },
    { name: 'PyTorch, contiguous', role: 'peer', program: 'python', script: torch, settings: { ...settings, mode: 'contiguous' } },
    { name: 'PyTorch, compiled', role: 'peer', program: 'python', script: torch, settings: { ...settings, mode: 'compile' } },
  ];
}

/** Forward, backward and update of the small residual network with an ArcFace head, SGD with momentum, on batches in memory. */
export const trainingSteps: readonly BenchItem[] = [
  {
    id: 'training-step-w32',
    title: 'Training step: small residual network, width 32, 64 x 64 x 1, batch 128, ArcFace over 500 classes',
    unit: 'step',
    sides: sides({ width: 32, side: 64, batch: 128, classes: 500, embeddingDim: 128, threads: 2, steps: 12 }),
    target: 0.95,
  },
  {
    id: 'training-step-w8',
    title: 'Training step: small residual network, width 8, 32 x 32 x 1, batch 80, ArcFace over 200 classes',
    unit: 'step',
    sides: sides({ width: 8, side: 32, batch: 80, classes: 200, embeddingDim: 64, threads: 2, steps: 60 }),
    target: 0.8,
  },
];
