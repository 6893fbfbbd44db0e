import { join } from 'node:path';
import { cacheFolder } from '@hypersphere/engine';

import type { BenchItem, Side } from '../item';

/** A folder of images, made by ours at its first run and shared by all sides. */
export interface InputSize {
  readonly folder: string;
  readonly format: 'jpeg' | 'png';
  readonly images: number;
  /** Of the files; they are centre-cropped and scaled to `side`. */
  readonly fileHeight: number;
  readonly fileWidth: number;
  readonly side: number;
  readonly batch: number;
  readonly workers: number;
}

const SIZE = { images: 2000, fileHeight: 224, fileWidth: 240, side: 112, batch: 64 } as const;

function sides(size: Omit<InputSize, 'folder'>): readonly Side[] {
  const settings = { ...size, folder: cacheFolder('bench', `input-${size.format}-${size.images}-${size.fileHeight}x${size.fileWidth}`) };
  return [
    { name: `Hypersphere, ${size.workers} workers`, role: 'ours', program: 'node', script: join(__dirname, 'ours.ts'), settings },
    { name: `PyTorch DataLoader and Pillow, ${size.workers} workers`, role: 'peer', program: 'python', script: join(__dirname, 'torch_input.py'), settings },
  ];
}

/** From files to normalised float32 batches: read, decode, centre-crop, scale, gather. */
export const input: readonly BenchItem[] = (['jpeg', 'png'] as const).flatMap((format) =>
  [1, 2].map((workers) => ({
    id: `input-${format}-${workers}`,
    title: `Input: a folder of ${format.toUpperCase()} images of 224 x 240 to batches of 64 x 112 x 112 x 3, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    unit: 'thousand images',
    sides: sides({ ...SIZE, format, workers }),
    target: 1,
  })),
);
