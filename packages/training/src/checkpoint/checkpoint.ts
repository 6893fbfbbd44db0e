import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { HypersphereError, readSafetensors, writeAtomically, writeSafetensors, type HostTensor } from '@hypersphere/engine';

/** All that a training needs to go on as if it had never stopped. `progress` is plain JSON. */
export interface Checkpoint<P> {
  /** Steps done. */
  readonly step: number;
  /** Digest of all that decides the run's bits; a checkpoint of another run is refused. */
  readonly runDigest: string;
  readonly progress: P;
  readonly tensors: Readonly<Record<string, HostTensor>>;
}

interface CheckpointFile<P> {
  readonly format: 1;
  readonly step: number;
  readonly runDigest: string;
  /** Of the safetensors file. */
  readonly sha256: string;
  readonly progress: P;
}

export interface CheckpointIo {
  readonly log?: (line: string) => void;
  /** Stands in for the disk in tests. */
  readonly write?: (path: string, data: string | Uint8Array) => Promise<void>;
}

const KEPT = 2;
const NAME = /^step-(\d{9})\.json$/;
/** A checkpoint's file, or the temporary file of one that was being written. */
const PART = /^step-(\d{9})\.(?:json|safetensors)(?:\.\d+)?$/;
const stem = (step: number): string => `step-${String(step).padStart(9, '0')}`;

/**
 * Writes `step-NNNNNNNNN.safetensors`, then the JSON beside it that makes it count, and keeps the last two.
 *
 * @throws HypersphereError if the files cannot be written; earlier checkpoints stay as they are
 */
export async function saveCheckpoint<P>(folder: string, checkpoint: Checkpoint<P>, { write = writeAtomically }: CheckpointIo = {}): Promise<void> {
  const { step, runDigest, progress, tensors } = checkpoint;
  const bytes = writeSafetensors(tensors);
  const file: CheckpointFile<P> = { format: 1, step, runDigest, sha256: sha256(bytes), progress };
  try {
    await write(join(folder, `${stem(step)}.safetensors`), bytes);
    await write(join(folder, `${stem(step)}.json`), JSON.stringify(file));
  } catch (cause) {
    throw notWritten(step, bytes.length, cause);
  }
  await removeBefore(folder, (await savedSteps(folder))[KEPT - 1] ?? step);
}

/**
 * The newest checkpoint that is whole. A damaged one is named, renamed to `*.damaged`, and the one before is used.
 *
 * @returns nothing if there is none
 * @throws HypersphereError if the checkpoint is of another run
 */
export async function loadCheckpoint<P>(folder: string, runDigest: string, { log }: CheckpointIo = {}): Promise<Checkpoint<P> | undefined> {
  for (const step of await savedSteps(folder)) {
    try {
      return await readCheckpoint<P>(folder, step, runDigest);
    } catch (cause) {
      if (cause instanceof HypersphereError) throw cause;
      log?.(`checkpoint ${stem(step)} is damaged (${messageOf(cause)}); set aside, trying the one before`);
      await setAside(folder, step);
    }
  }
  return undefined;
}

async function readCheckpoint<P>(folder: string, step: number, runDigest: string): Promise<Checkpoint<P>> {
  const file = JSON.parse(await readFile(join(folder, `${stem(step)}.json`), 'utf8')) as Partial<CheckpointFile<P>> | null;
  if (file?.format !== 1 || file.step !== step || file.progress === undefined) throw new RangeError('its JSON is not a checkpoint');
  const bytes = await readFile(join(folder, `${stem(step)}.safetensors`));
  if (sha256(bytes) !== file.sha256) throw new RangeError('its safetensors file does not have the recorded SHA-256');
  const tensors = readSafetensors(bytes);
  if (file.runDigest !== runDigest) {
    throw new HypersphereError(
      `checkpoint ${stem(step)} is of another run (config, seed, images, backend, threads or version differ); start this run fresh or in a folder of its own`,
    );
  }
  return { step, runDigest, progress: file.progress, tensors };
}

/** Steps with a checkpoint, newest first. */
async function savedSteps(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const steps = names.flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  return steps.sort((a, b) => b - a);
}

/** Removes older checkpoints, and what a killed process left of one. */
async function removeBefore(folder: string, oldest: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => Number(PART.exec(name)?.[1] ?? oldest) < oldest);
  // in this order the JSON goes first: without it the rest does not count
  for (const name of names.sort()) await rm(join(folder, name), { force: true });
}

async function setAside(folder: string, step: number): Promise<void> {
  for (const ending of ['json', 'safetensors']) {
    const path = join(folder, `${stem(step)}.${ending}`);
    await rename(path, `${path}.damaged`).catch(() => undefined);
  }
}

function notWritten(step: number, bytes: number, cause: unknown): HypersphereError {
  const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
  const why = full ? 'no space left on the device' : messageOf(cause);
  const wayOut = full ? `free at least ${Math.ceil((3 * bytes) / 1e6)} MB` : 'make the folder writable';
  return new HypersphereError(`checkpoint ${stem(step)} was not written: ${why}; ${wayOut} and run again: training resumes from the checkpoint before`, { cause });
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
