/** A finite number with bounds. `above` and `below` exclude the bound, `atLeast` and `atMost` include it. */
export interface NumberSpec {
  readonly kind: 'number';
  readonly default: number;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
  readonly integer?: boolean;
  readonly describe: string;
}

/** One of a few words. */
export interface ChoiceSpec<V extends string = string> {
  readonly kind: 'choice';
  readonly values: readonly V[];
  readonly default: V;
  readonly describe: string;
}

/** Yes or no. */
export interface FlagSpec {
  readonly kind: 'flag';
  readonly default: boolean;
  readonly describe: string;
}

export type OptionSpec = NumberSpec | ChoiceSpec | FlagSpec;
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValue = number | string | boolean;

type ValueOf<S extends OptionSpec> = S extends ChoiceSpec<infer V> ? V : S extends FlagSpec ? boolean : number;

/** All options of `S`, filled in. */
export type ResolvedOptions<S extends OptionSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** The specs a loss with these options must have: every option has one, and nothing else has. */
export type SpecsFor<Options> = {
  readonly [K in keyof Options]-?: Exclude<Options[K], undefined> extends boolean
    ? FlagSpec
    : Exclude<Options[K], undefined> extends number
      ? NumberSpec
      : ChoiceSpec<Exclude<Options[K], undefined> & string>;
};

export const number = (spec: Omit<NumberSpec, 'kind'>): NumberSpec => ({ kind: 'number', ...spec });

export const choice = <const V extends string>(values: readonly V[], spec: { default: NoInfer<V>; describe: string }): ChoiceSpec<V> => ({
  kind: 'choice',
  values,
  ...spec,
});

export const flag = (spec: Omit<FlagSpec, 'kind'>): FlagSpec => ({ kind: 'flag', ...spec });

/** Of every loss that can go through its classes in blocks. */
export const classBlockSpec = number({ default: 0, atLeast: 0, integer: true, describe: 'classes in memory at a time, 0 for all' });
