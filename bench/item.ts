/** One way of doing the work that an item measures: a program that prints `{ "milliseconds": [...] }` as its last line. */
export interface Side {
  readonly name: string;
  /** Who competes: ours against the best of the peers. Context is shown, not compared. */
  readonly role: 'ours' | 'peer' | 'context';
  readonly program: 'node' | 'python';
  readonly script: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

export interface BenchItem {
  readonly id: string;
  readonly title: string;
  /** What a millisecond is of: `step`. */
  readonly unit: string;
  readonly sides: readonly Side[];
  /** Largest ratio of medians, ours over the best peer. */
  readonly target: number;
}

export interface SideResult extends Pick<Side, 'name' | 'role'> {
  /** Median of each round, in milliseconds. */
  readonly rounds: readonly number[];
}

export interface ItemResult extends Pick<BenchItem, 'id' | 'title' | 'unit' | 'target'> {
  readonly sides: readonly SideResult[];
  readonly machine: string;
  /** `node 20.20.2`, `torch 2.13.0`. */
  readonly versions: readonly string[];
}
