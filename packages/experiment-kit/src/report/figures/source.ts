import type { FigureText, FigureVariant } from '@hypersphere/reporting';

import type { FigurePlan } from '../../figure-plan';
import type { RunRecord } from '../../run-record';
import { caption } from '../caption';
import type { SeedRun } from '../variant-runs';

export interface FigureSource {
  readonly profile: string;
  runs(variant: string): readonly SeedRun[];
  family(variant: string): string;
}

export type FigureKind = FigurePlan<string>['kind'];
export type PlanOf<K extends FigureKind> = Extract<FigurePlan<string>, { kind: K }>;

/** Trained runs of the variants, in the order of the plan. */
export function records(variants: readonly string[], source: FigureSource): { variant: FigureVariant; record: RunRecord }[] {
  return variants.flatMap((name) =>
    source.runs(name).flatMap(({ state, record }) => (state === 'done' && record !== undefined ? [{ variant: { name, family: source.family(name) }, record }] : [])),
  );
}

/** The title of the plan, and data, profile and seeds of its runs. */
export function textOf(plan: { readonly title: string }, variants: readonly string[], source: FigureSource): FigureText {
  return { title: plan.title, subtitle: caption(variants.flatMap((name) => source.runs(name)), source.profile) };
}
