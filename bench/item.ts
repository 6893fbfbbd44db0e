import type { StepTimes } from './profile/kernels';

/** What a program prints as its last line. */
export interface Measured {
  readonly milliseconds: readonly number[];
  readonly versions: readonly string[];
  /** Most memory that the process held, in MB. */
  readonly peakMegabytes?: number;
  /** Results that all sides must share, lest a side is fast because it is wrong. */
  readonly check?: Readonly<Record<string, number>>;
}

type Settings = Readonly<Record<string, unknown>>;

/** One way of doing the work that an item measures: a program that takes its settings as JSON and prints `Measured`. */
export interface Side {
  readonly name: string;
  /** Who competes: ours against the best of the peers. Context is shown, not compared. */
  readonly role: 'ours' | 'peer' | 'context';
  readonly program: 'node' | 'python';
  readonly script: string;
  readonly settings: Settings;
}

export interface BenchItem {
  readonly id: string;
  readonly title: string;
  /** What a millisecond is of: `step`. */
  readonly unit: string;
  readonly sides: readonly Side[];
  /** How far results of sides may differ, as a share of their size. Default 0.02. */
  readonly agreeWithin?: number;
  /** Settings that `--scale` multiplies, to try an item at a smaller size. */
  readonly scaled?: readonly string[];
  /** Makes what all sides read, in an empty folder that is removed afterwards; the sides get its path as `folder`. */
  readonly prepare?: (folder: string, settings: Settings) => void;
  /** Largest ratio of medians, ours over the best peer. */
  readonly target: number;
  /** Runs the work op by op, once an item, and prints `StepTimes`, of which the medians are stored. */
  readonly profile?: Pick<Side, 'script' | 'settings'>;
  /** Why the target is missed, with what was measured; printed only while it is missed. */
  readonly why?: string;
}

/** A work measured at several sizes, of which memory and time are lines; nothing is compared with a target. */
export interface CurveItem extends Pick<BenchItem, 'id' | 'title' | 'unit' | 'sides'> {
  /** The setting that grows. */
  readonly along: string;
  readonly at: readonly number[];
  /** Size for which the lines are printed, beyond those measured. */
  readonly extrapolateTo: number;
}

export interface CurvePoint {
  readonly size: number;
  /** Median of the rounds' medians. */
  readonly milliseconds: number;
  /** Largest resident size of the process, the largest of the rounds. */
  readonly peakMegabytes: number;
}

export interface CurveResult extends Pick<CurveItem, 'id' | 'title' | 'unit' | 'along' | 'extrapolateTo'> {
  readonly series: readonly (Pick<Side, 'name' | 'role'> & { readonly points: readonly CurvePoint[] })[];
  readonly machine: string;
  readonly versions: readonly string[];
}

export interface SideResult extends Pick<Side, 'name' | 'role'> {
  /** Median of each round, in milliseconds. */
  readonly rounds: readonly number[];
  /** Largest of the rounds. */
  readonly peakMegabytes?: number;
}

export interface ItemResult extends Pick<BenchItem, 'id' | 'title' | 'unit' | 'target'> {
  readonly sides: readonly SideResult[];
  readonly machine: string;
  /** `node 20.20.2`, `torch 2.13.0`. */
  readonly versions: readonly string[];
  /** Where ours spends its time, run op by op. */
  readonly kernels?: StepTimes;
}
