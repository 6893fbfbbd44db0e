import { join } from 'node:path';

import type { BenchItem, Side } from '../item';

const ours = join(__dirname, 'ours.ts');
const torch = join(__dirname, 'torch_step.py');

/** What a step is measured on, and for how many steps. */
export interface StepSize {
  readonly network: 'small-resnet' | 'iresnet-18';
  readonly width: number;
  readonly side: number;
  readonly channels: number;
  readonly batch: number;
  readonly classes: number;
  readonly embeddingDim: number;
  readonly threads: number;
  readonly steps: number;
}

/** A side that runs a step of this size in one of its modes. */
function side(of: StepSize, name: string, role: Side['role'], how: { readonly mode: string; readonly precision?: string; readonly xla?: boolean }): Side {
  const [program, script] = name.startsWith('PyTorch') ? (['python', torch] as const) : (['node', ours] as const);
  return { name, role, program, script, settings: { ...of, precision: 'float32', ...how } };
}

const recorded = (size: StepSize): Side => side(size, 'Hypersphere, recorded', 'ours', { mode: 'recorded' });

const peers = (size: StepSize): readonly Side[] => [
  side(size, 'PyTorch, channels last', 'peer', { mode: 'channels-last' }),
  side(size, 'PyTorch, contiguous', 'peer', { mode: 'contiguous' }),
  side(size, 'PyTorch, compiled', 'peer', { mode: 'compile' }),
];

const sides = (size: StepSize): readonly Side[] => [
  recorded(size),
  side(size, 'Hypersphere, eager', 'context', { mode: 'eager' }),
  side(size, 'Hypersphere, recorded with XLA', 'context', { mode: 'recorded', xla: true }),
  side(size, 'tfjs, stock ops only', 'context', { mode: 'stock' }),
  ...peers(size),
];

/** Float32 beside it, for what lower precision gains on this machine. */
const loweredSides = (size: StepSize): readonly Side[] => [
  side(size, 'Hypersphere, bfloat16', 'ours', { mode: 'recorded', precision: 'bfloat16' }),
  side(size, 'Hypersphere, float32', 'context', { mode: 'recorded' }),
  side(size, 'PyTorch, autocast bfloat16', 'peer', { mode: 'channels-last', precision: 'bfloat16' }),
  side(size, 'PyTorch, float32', 'context', { mode: 'channels-last' }),
];

const wide: StepSize = { network: 'small-resnet', width: 32, side: 64, channels: 1, batch: 128, classes: 500, embeddingDim: 128, threads: 2, steps: 12 };
const narrow: StepSize = { network: 'small-resnet', width: 8, side: 32, channels: 1, batch: 80, classes: 200, embeddingDim: 64, threads: 2, steps: 60 };
const faces: StepSize = { network: 'iresnet-18', width: 64, side: 112, channels: 3, batch: 32, classes: 1000, embeddingDim: 512, threads: 2, steps: 5 };

/** Forward, backward and update of the small residual network with an ArcFace head, SGD with momentum, on batches in memory. */
export const trainingSteps: readonly BenchItem[] = [
  {
    id: 'training-step-w32',
    title: 'Training step: small residual network, width 32, 64 x 64 x 1, batch 128, ArcFace over 500 classes',
    unit: 'step',
    sides: sides(wide),
    target: 0.95,
    why: 'in the [profile](#profile) of this step convolutions take 542 of 709 ms of kernels (76 %), from oneDNN on both sides; batch norm, ReLU and their gradients take 92 ms (13 %) in passes of their own, which the compiled peer fuses',
  },
  {
    id: 'training-step-w8',
    title: 'Training step: small residual network, width 8, 32 x 32 x 1, batch 80, ArcFace over 200 classes',
    unit: 'step',
    sides: sides(narrow),
    target: 0.8,
    why: 'in the [profile](#profile) of this step (quick profile) convolutions take 22.0 of 45.5 ms of kernels (48 %), from oneDNN on both sides; batch norm, ReLU and their gradients take 8.0 ms (18 %) in passes of their own, which the compiled peer fuses',
  },
  {
    id: 'training-step-iresnet18',
    title: 'Training step: IResNet-18 without dropout, 112 x 112 x 3, batch 32, ArcFace over 1,000 classes',
    unit: 'step',
    sides: [recorded(faces), ...peers(faces)],
    target: 1.05,
    why: 'TensorFlow has no PReLU: it takes four passes over memory, its gradient six, and batch norm its own, which the compiled peer fuses; ours is faster than the peer that is not compiled',
  },
  {
    id: 'training-step-bfloat16',
    title: 'Training step in bfloat16: small residual network, width 32, 64 x 64 x 1, batch 128, ArcFace (in float32) over 500 classes',
    unit: 'step',
    sides: loweredSides(wide),
    target: 1,
  },
];
