import { digestOf } from './canonical-json';
import type { RunConfig } from './run-config';

/** What a run is: its record's id is a digest of this and of nothing else. */
export interface IdentifiedBy {
  /** Resolved, or as it stands in a record: plain JSON. */
  readonly config: RunConfig;
  readonly seed: number;
  /** Of the data, known without fetching it. */
  readonly manifestDigest: string;
  readonly trainingVersion: number;
}

/** 16 hex digits. */
export function runId({ config, seed, manifestDigest: manifest, trainingVersion }: IdentifiedBy): string {
  return digestOf({ config, seed, manifest, trainingVersion }).slice(0, 16);
}
