import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { HypersphereError, parseJson, readSafetensors, visible, writeAtomically, writeSafetensors, type HostTensor } from '@hypersphere/engine';

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
  /** Of the other members as JSON; the checkpoints of earlier versions have none. */
  readonly digest?: string;
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
  const file = sealed<P>({ format: 1, step, runDigest, sha256: sha256(bytes), progress });
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
      log?.(`checkpoint ${stem(step)} is damaged (${visible(messageOf(cause))}); set aside, trying the one before`);
      await setAside(folder, step);
    }
  }
  return undefined;
}

async function readCheckpoint<P>(folder: string, step: number, runDigest: string): Promise<Checkpoint<P>> {
  const file = jsonOf<P>(await readFile(join(folder, `${stem(step)}.json`), 'utf8'));
  if (file?.format !== 1 || file.step !== step || typeof file.progress !== 'object' || file.progress === null) throw new RangeError('its JSON is not a checkpoint');
  if (file.digest !== undefined && sealed(file as CheckpointFile<P>).digest !== file.digest) throw new RangeError('its JSON does not have the recorded SHA-256');
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

function jsonOf<P>(text: string): Partial<CheckpointFile<P>> | null {
  try {
    return parseJson(text) as Partial<CheckpointFile<P>> | null;
  } catch (cause) {
    throw new RangeError(`its JSON ${(cause as Error).message}`, { cause });
  }
}

/** The members in a fixed order, and their digest: a digit that was changed in the progress is as bad as one in the tensors. */
function sealed<P>({ format, step, runDigest, sha256: tensors, progress }: CheckpointFile<P>): CheckpointFile<P> {
  const file = { format, step, runDigest, sha256: tensors, progress };
  return { ...file, digest: sha256(Buffer.from(JSON.stringify(file))) };
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
