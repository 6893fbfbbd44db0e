import { join } from 'node:path';
import { losses, resolveLoss, type DrawSpecs, type LossConfig, type LossName, type TensorSpecs } from '@hypersphere/core-losses';

import type { BenchItem, Side } from '../item';
import { WHY } from './why';

const size = { batch: 256, embeddingDim: 512, classes: 1000 };

const settingsOf = (loss: LossName) => ({ loss, ...size, threads: 2, repeats: 40 });

function sides(name: LossName): readonly Side[] {
  const settings = settingsOf(name);
  const [ours, torch] = [join(__dirname, 'ours.ts'), join(__dirname, 'torch_loss.py')];
  return [
    { name: 'Hypersphere, recorded', role: 'ours', program: 'node', script: ours, settings: { ...settings, mode: 'recorded' } },
    { name: 'Hypersphere, eager', role: 'context', program: 'node', script: ours, settings: { ...settings, mode: 'eager' } },
    { name: 'PyTorch', role: 'peer', program: 'python', script: torch, settings: { ...settings, ...tensorsOf(name) } },
  ];
}

/** Shapes of what the loss trains, carries along and draws, by name. */
function tensorsOf(name: LossName): Record<'parameters' | 'state' | 'draws', Record<string, readonly number[]>> {
  const { entry, options } = resolveLoss({ name } as LossConfig);
  const shapes = (specs: TensorSpecs | DrawSpecs) => Object.fromEntries(Object.entries(specs).map(([key, { shape }]) => [key, shape]));
  const { batch, classes, embeddingDim } = size;
  return { parameters: shapes(entry.parameters(classes, embeddingDim, options)), state: shapes(entry.state?.(classes, embeddingDim, options) ?? {}), draws: shapes(entry.draws?.(batch, embeddingDim, options) ?? {}) };
}

/** DAS produces embeddings from a memory that only its authors' code has. */
const WITHOUT_PEER: readonly LossName[] = ['das'];

/** Value and gradients, in the embeddings and in what the loss trains, at batch 256, d = 512, 1,000 classes. */
export const lossGradients: readonly BenchItem[] = (Object.keys(losses) as LossName[]).filter((loss) => !WITHOUT_PEER.includes(loss)).map((loss) => ({
  id: `loss-${loss.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  title: `Loss and gradient: ${loss}, batch 256, d = 512, 1,000 classes`,
  unit: 'call',
  sides: sides(loss),
  target: 1,
  agreeWithin: 1e-3,
  profile: { script: join(__dirname, 'kernels.ts'), settings: settingsOf(loss) },
  ...(WHY[loss] === undefined ? {} : { why: WHY[loss] }),
}));
