import type { Expectation, MetricName } from '@hypersphere/evaluation';

import type { FigurePlan } from './figure-plan';
import type { RunConfig } from './run-config';

export const PROFILE_NAMES = ['smoke', 'quick', 'standard', 'paper'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Whole sections that replace the profile's; nothing merges deep, so what stands here is what runs. */
export type Sections = Partial<Omit<RunConfig, 'execution'>>;

export interface Variant extends Sections {
  /** Sections of the `paper` profile, where the lab's tuned ones do not apply. */
  readonly inPaper?: Sections;
}

/** A variant that depends on the profile it runs under: its schedule, say, with another annealing. */
export type VariantPlan = Variant | ((base: RunConfig) => Variant);

/** What a variant changes of a profile's base. */
export const sectionsOf = (plan: VariantPlan, base: RunConfig): Variant => (typeof plan === 'function' ? plan(base) : plan);

export interface Profile<V extends string> {
  readonly base: RunConfig;
  /** What the profile makes of every variant's config: the smoke profile's makes it small. */
  readonly resize?: (config: RunConfig) => RunConfig;
  readonly seeds: readonly number[];
  /** Variants that claims do not name may run with fewer seeds. */
  readonly seedsOfOthers?: readonly number[];
  readonly variants: readonly V[] | 'all';
  /** Variants that serve a figure only: their first seed is run. */
  readonly once?: readonly V[];
}

/** A published row without a run of ours, with the reason. */
export interface NotTrained {
  readonly notTrained: string;
}
export const notTrained = (why: string): NotTrained => ({ notTrained: why });

export interface TablePlan<V extends string> {
  /** Label in `paper/tables.json` to the variant that stands for it. */
  readonly rows: Readonly<Record<string, V | NotTrained>>;
  /** Rows of ours without a published number. */
  readonly ours?: Readonly<Record<string, V>>;
  /** Column in `paper/tables.json` to the metric of ours that plays its part; `null`: published only. */
  readonly columns: Readonly<Record<string, MetricName | null>>;
  readonly note?: string;
}

export interface Ablation<V extends string> {
  readonly says: string;
  readonly from: V;
  /** Path of a config value to the values it takes; several paths form a grid. */
  readonly vary: Readonly<Record<string, readonly JsonValue[]>>;
  readonly metric: MetricName;
  /** Varied alike where its config has the path; the table then has the gap of `from` to it at every point. */
  readonly against?: V;
  /** Seeds instead of the profile's. */
  readonly seeds?: readonly number[];
  /** A search for settings: it is measured on the validation split, and its runs are kept in `results/<paper>/search`. */
  readonly search?: boolean;
}
export type JsonValue = string | number | boolean;

export interface Claim<V extends string> {
  readonly says: string;
  /** Where the paper says it. */
  readonly inPaper: string;
  /** Cells of `paper/tables.json` that show the effect there: table, row, column. */
  readonly published?: readonly (readonly [table: string, row: string, column: string])[];
  readonly expect: Expectation<V>;
}

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly venue: string;
  readonly year: number;
  readonly url: string;
}

export interface Experiment<V extends string = string> {
  readonly id: string;
  readonly paper: Paper;
  /** One sentence for the table of papers. */
  readonly idea: string;
  readonly variants: Readonly<Record<V, VariantPlan>>;
  readonly profiles: Readonly<Record<ProfileName, Profile<NoInfer<V>>>>;
  readonly tables: Readonly<Record<string, TablePlan<NoInfer<V>>>>;
  readonly figures: Readonly<Record<string, FigurePlan<NoInfer<V>>>>;
  readonly ablations: Readonly<Record<string, Ablation<NoInfer<V>>>>;
  readonly claims: Readonly<Record<string, Claim<NoInfer<V>>>>;
  /** The paper's own method: what an ablation varies unless told otherwise. */
  readonly main: NoInfer<V>;
  /** Metrics of the summary, the main one first. */
  readonly metrics: readonly [MetricName, ...MetricName[]];
}

/** An experiment is data: this only fixes the names, so that a variant that does not exist does not compile. */
export function defineExperiment<const V extends string>(experiment: Experiment<V>): Experiment<V> {
  return experiment;
}

/** One variant for each value, named `prefix=value`. */
export function sweep<const P extends string, const N extends number>(
  prefix: P,
  values: readonly N[],
  vary: (value: N) => VariantPlan,
): Record<`${P}=${N}`, VariantPlan> {
  return Object.fromEntries(values.map((value) => [`${prefix}=${value}`, vary(value)])) as Record<`${P}=${N}`, VariantPlan>;
}
