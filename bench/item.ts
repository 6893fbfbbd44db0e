/** What a program prints as its last line. */
export interface Measured {
  readonly milliseconds: readonly number[];
  readonly versions: readonly string[];
  /** Most memory that the process held, in MB. */
  readonly peakMegabytes?: number;
  /** Results that all sides must share within two per cent, lest a side is fast because it is wrong. */
  readonly check?: Readonly<Record<string, number>>;
}

type Settings = Readonly<Record<string, string | number | boolean>>;

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
  /** Settings that `--scale` multiplies, to try an item at a smaller size. */
  readonly scaled?: readonly string[];
  /** Makes what all sides read, in an empty folder that is removed afterwards; the sides get its path as `folder`. */
  readonly prepare?: (folder: string, settings: Settings) => void;
  /** Largest ratio of medians, ours over the best peer. */
  readonly target: number;
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
}
