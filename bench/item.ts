/**
 * One way of doing the work that an item measures: a program that prints `{ "milliseconds": [...] }` as its last line, and maybe
 * `"values"`, in which all sides must agree to 1e-3 of the value: a side that does other work is no peer.
 */
export interface Side {
  readonly name: string;
  /** Who competes: ours against the best of the peers. Context is shown, not compared. */
  readonly role: 'ours' | 'peer' | 'context';
  readonly program: 'node' | 'python';
  readonly script: string;
  readonly settings: Readonly<Record<string, unknown>>;
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
  readonly peakBytes: number;
}

export interface CurveResult extends Pick<CurveItem, 'id' | 'title' | 'unit' | 'along' | 'extrapolateTo'> {
  readonly series: readonly (Pick<Side, 'name' | 'role'> & { readonly points: readonly CurvePoint[] })[];
  readonly machine: string;
  readonly versions: readonly string[];
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
