import type { NamedTensors, Network } from '@hypersphere/backbones';

import type { CheckpointIo } from './checkpoint/checkpoint';
import type { Diagnosis } from './diagnosis/diagnosis';
import type { CurvePoint } from './ledger';
import type { RunOptions } from './training-run';

/** The model between two steps, for validation. Its tensors are disposed of when `measure` has ended. */
export interface Snapshot {
  readonly network: Network;
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
  /** Steps done. */
  readonly step: number;
}

export interface Progress {
  /** Steps done. */
  readonly step: number;
  readonly steps: number;
  /** Mean since the last curve point. */
  readonly loss: number;
  readonly learningRate: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number;
}

export interface TrainOptions extends RunOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the training after the current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Measures the model at `points` evenly spread steps, the last one among them; must not draw from the training's streams. */
  readonly validation?: { readonly points: number; readonly measure: (snapshot: Snapshot) => MetricValues | Promise<MetricValues> };
  /** Points of the learning curve. Default 100. */
  readonly curvePoints?: number;
  /** Default 20. */
  readonly checkpointSeconds?: number;
  /** Also after every so many steps. Default: by time alone. */
  readonly checkpointSteps?: number;
  readonly log?: (line: string) => void;
  /** Stands in for the disk in tests. */
  readonly write?: CheckpointIo['write'];
}

export type MetricValues = Readonly<Record<string, number>>;

export interface TrainResult {
  readonly status: 'done' | 'diverged' | 'interrupted';
  readonly network: Network;
  /** Of the backbone; the caller disposes of these three. */
  readonly parameters: NamedTensors;
  readonly statistics: NamedTensors;
  readonly lossParameters: NamedTensors;
  /** Of all that decides the training's bits. */
  readonly digest: string;
  readonly curve: readonly CurvePoint[];
  /** Steps done. */
  readonly steps: number;
  /** Spent in steps, earlier processes of a resumed training included. */
  readonly seconds: number;
  /** Of these, spent waiting for batches. */
  readonly waitSeconds: number;
  readonly examplesPerSecond: number;
  /** Why the training diverged. */
  readonly diagnosis?: Diagnosis;
}
