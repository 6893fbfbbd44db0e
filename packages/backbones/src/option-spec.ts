/** An option that is a number; without `default` it must be given. */
export interface NumberSpec {
  readonly kind: 'number';
  readonly default?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly integer?: boolean;
  readonly describe: string;
}

/** An option with few allowed values; without `default` it must be given. */
export interface ChoiceSpec<V extends string | number = string | number> {
  readonly kind: 'choice';
  readonly values: readonly V[];
  readonly default?: V;
  readonly describe: string;
}

/** An option that is on or off. */
export interface FlagSpec {
  readonly kind: 'flag';
  readonly default: boolean;
  readonly describe: string;
}

export type OptionSpec = NumberSpec | ChoiceSpec | FlagSpec;
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<S> = S extends NumberSpec ? number : S extends FlagSpec ? boolean : S extends ChoiceSpec ? S['values'][number] : never;
type Optional<S> = { [K in keyof S]: S[K] extends { readonly default: unknown } ? K : never }[keyof S];

/** What a config may say: options with a default can be left out. */
export type GivenOptions<S> = { readonly [K in Exclude<keyof S, Optional<S>>]: ValueOf<S[K]> } & {
  readonly [K in Optional<S>]?: ValueOf<S[K]>;
};

/** All options with their values. */
export type ResolvedOptions<S> = { readonly [K in keyof S]: ValueOf<S[K]> };

export const number = <const T extends Omit<NumberSpec, 'kind'>>(spec: T) => ({ kind: 'number', ...spec }) as const;
export const flag = <const T extends Omit<FlagSpec, 'kind'>>(spec: T) => ({ kind: 'flag', ...spec }) as const;
export const choice = <const V extends string | number, const T extends Omit<ChoiceSpec<V>, 'kind' | 'values'>>(
  values: readonly V[],
  spec: T,
) => ({ kind: 'choice', values, ...spec }) as const;
