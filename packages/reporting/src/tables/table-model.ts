import type { NumberFormat } from '../format';

/** How sure a published number is: seen in the source; known but not seen again; doubtful. */
export type Confidence = 'verified' | 'recalled' | 'uncertain';

export interface PublishedColumn {
  /** Key into a row's published values. */
  readonly key: string;
  /** What the paper calls it, with its data set: `LFW`. */
  readonly title: string;
  /** As printed in the paper: `%`. */
  readonly unit?: string;
}

export interface MeasuredColumn extends NumberFormat {
  /** Metric name, key into a row's measured values. */
  readonly key: string;
  readonly title: string;
}

/** Our runs of one variant, summed up for one metric. */
export interface MeasuredCell {
  readonly mean: number;
  /** 95 % interval; left out or not finite for one seed without a bootstrap. */
  readonly low?: number;
  readonly high?: number;
  /** Sample standard deviation over seeds. */
  readonly sd?: number;
  /** Runs behind the cell, diverged ones among them. */
  readonly seeds: number;
  /** Runs that were planned; more than `seeds` if some are missing. */
  readonly planned?: number;
  readonly perSeed?: readonly number[];
  /** Runs that diverged or collapsed; they enter at the chance value. */
  readonly diverged?: number;
  /** Planned runs whose stored record belongs to another config, manifest or training version. */
  readonly stale?: number;
  /** Planned runs whose record does not match its own digest, id or place, or is cut off. */
  readonly edited?: number;
  /** Planned runs that ended with an error. */
  readonly failed?: number;
}

export interface TableRow {
  /** As in the published table. */
  readonly label: string;
  /** `table-2/lmcl`: what the addresses of its cells begin with. */
  readonly address?: string;
  /** Our variant that stands for it; left out where this profile does not run it. */
  readonly variant?: string;
  readonly published: {
    readonly values: Readonly<Record<string, number | null>>;
    readonly confidence?: Confidence;
    /** Where single cells differ from the row. */
    readonly cellConfidence?: Readonly<Record<string, Confidence>>;
  };
  /** By metric; a metric that is left out, or a cell `missing`, has no run yet. */
  readonly measured: Readonly<Record<string, MeasuredCell | 'missing'>>;
  /** Why there is no run: `standard only`, `not trained here: needs video`. Or any remark. */
  readonly note?: string;
}

/** Agreement between the published order of rows and ours. */
export interface RankAgreementLine {
  readonly published: string;
  readonly measured: string;
  /** Undefined below five rows, and where all are equal. */
  readonly agreement: { readonly tau: number; readonly low: number; readonly high: number; readonly rows: number; readonly seeds: number } | undefined;
}

/** One table of a paper beside our runs: published and measured numbers never share a column. */
export interface TableModel {
  readonly id: string;
  readonly title: string;
  /** What differs from the paper: data, size, seeds, tuned values. */
  readonly caption: string;
  /** The data the paper measured on and the data we measured on, for the heads of the two groups. */
  readonly data: { readonly published: string; readonly measured: string };
  readonly columns: { readonly published: readonly PublishedColumn[]; readonly measured: readonly MeasuredColumn[] };
  readonly rows: readonly TableRow[];
  readonly agreement?: readonly RankAgreementLine[];
  /** A command that tells where one of the numbers comes from. */
  readonly provenance?: string;
  /** How uncertainty is written. Default `half-width`; intervals that lie unevenly are always written as ranges. */
  readonly uncertainty?: 'half-width' | 'range';
}
