import { z } from 'zod';
import { HypersphereError, parseJson, visible, visibleJson } from '@hypersphere/engine';

import { digestOf } from './canonical-json';
import type { RunConfig } from './run-config';
import { runId } from './run-id';

/** Raised when the layout of a record changes. */
export const RECORD_FORMAT = 1;

/** Of an error. */
const MOST_LINES = 10;

const measure = z.object({ value: z.number(), low: z.number().optional(), high: z.number().optional(), n: z.number().optional() });

const point = z.object({
  step: z.number().int(),
  loss: z.number().nullable(),
  learningRate: z.number(),
  trainAccuracy: z.number().optional(),
  validation: z.record(z.string(), z.number()).optional(),
});

const environment = z.object({
  node: z.string(),
  tfjs: z.string(),
  tensorflow: z.string(),
  device: z.string(),
  cpu: z.string(),
  os: z.string(),
  threads: z.number().int(),
  /** Recorded steps were compiled with XLA. */
  xla: z.boolean().optional(),
});

const numbers = z.array(z.number());
const points = z.looseObject({ dim: z.number().int(), points: z.array(numbers) });
const roc = z.looseObject({ far: numbers, tar: numbers });

/** Data of figures: what a report reads of them has this form, whatever else there is. */
const series = z.looseObject({
  testSet: z.looseObject({ classes: z.number().int(), imagesPerClass: z.number(), distractors: z.number().int().optional() }).optional(),
  angles: z.looseObject({ binDegrees: z.number().positive(), genuine: numbers, impostors: numbers }).optional(),
  roc: roc.optional(),
  rocSameGroup: roc.optional(),
  distractors: z.looseObject({ distractors: numbers, rank1: numbers }).optional(),
  classNorms: z.looseObject({ classes: z.array(z.looseObject({ size: z.number(), norm: z.number() })), spearman: z.number().nullable() }).optional(),
  embeddings: points.extend({ labels: numbers }).optional(),
  prototypes: points.optional(),
  replicates: z.record(z.string(), z.array(z.number().nullable())).optional(),
});

const recordSchema = z.object({
  format: z.literal(RECORD_FORMAT),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  profile: z.string(),
  /** Names that this paper gives the run. */
  variants: z.array(z.string()),
  seed: z.number().int(),
  config: z.custom<RunConfig>((value) => typeof value === 'object' && value !== null),
  trainingVersion: z.number().int(),
  manifestDigest: z.string(),
  packedDigest: z.string(),
  status: z.enum(['done', 'diverged', 'failed']),
  message: z.string().optional(),
  metrics: z.record(z.string(), measure),
  curve: z.array(point),
  series,
  steps: z.number().int(),
  seconds: z.number(),
  /** Of these, spent waiting for batches. */
  waitSeconds: z.number().optional(),
  /** From the start of the run's process to the end of its first step: engine, data, recording. */
  startSeconds: z.number().optional(),
  examplesPerSecond: z.number(),
  peakMemoryBytes: z.number(),
  environment,
  commit: z.string().regex(/^[0-9a-f]{7,64}$/).optional(),
  /** Digest of uncommitted changes outside `results/`, if there were any. */
  changes: z.string().optional(),
  /** SHA-256 of the rest of the record: an edited record is detected. */
  digest: z.string(),
});

export type RunRecord = z.infer<typeof recordSchema>;
export type Environment = z.infer<typeof environment>;
export type Measure = z.infer<typeof measure>;

/** Adds the digest; what JSON cannot hold (NaN) must be gone before. */
export function sealRecord(record: Omit<RunRecord, 'digest'>): RunRecord {
  return { ...record, digest: digestOf(withoutDigest(record)) };
}

/** A copy for another paper keeps everything but the names that the paper gives the run. */
export function renameRecord(record: RunRecord, variants: readonly string[]): RunRecord {
  return sealRecord({ ...record, variants: [...variants] });
}

/**
 * Reads one record.
 *
 * @param where names the file and line in errors
 * @throws HypersphereError if the text is no record, is of another format version, or was edited: even if its digest was made anew, its id still belongs to what the run was
 */
export function parseRecord(text: string, where: string): RunRecord {
  const value = json(text, where);
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== RECORD_FORMAT) {
    throw new HypersphereError(
      `${where}: expected a run record of format ${RECORD_FORMAT}, received format ${visibleJson(format)}. ` +
        'Check out the commit that wrote it to read it, or delete it and run `reproduce` again to train that run anew.',
    );
  }
  const parsed = recordSchema.safeParse(value);
  if (!parsed.success) throw new HypersphereError(`${where}: not a run record\n${problems(parsed.error)}`);
  if (digestOf(withoutDigest(value as object)) !== parsed.data.digest) {
    throw new HypersphereError(`${where}: the record does not match its own digest: it was edited or damaged. Restore it (git checkout), or delete it and run \`reproduce\` again.`);
  }
  const belongs = runId(parsed.data);
  if (belongs !== parsed.data.id) {
    throw new HypersphereError(`${where}: the record has the id ${parsed.data.id}; its config, seed, data and training version are those of run ${belongs}. Restore it (git checkout), or delete it and run \`reproduce\` again.`);
  }
  return parsed.data;
}

function withoutDigest(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'digest'));
}

function json(text: string, where: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new HypersphereError(
      `${where}: expected one JSON record, received "${visible(text, 40)}", which ${(cause as Error).message}. Delete it and run \`reproduce\` again.`,
      { cause },
    );
  }
}

/** The first of them: a file of noise has thousands. */
function problems(error: z.ZodError): string {
  const lines = z.prettifyError(error).split('\n');
  return lines.slice(0, MOST_LINES).map((line) => visible(line)).join('\n');
}
