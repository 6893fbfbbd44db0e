import { checkOption } from '../../src/options/check-option';
import { losses, type LossEntry, type OptionSpec, type OptionValue } from '../../src';

export type Options = Readonly<Record<string, OptionValue>>;

export interface Variant {
  readonly title: string;
  readonly name: string;
  readonly entry: LossEntry;
  readonly options: Options;
}

export const defaultsOf = (entry: LossEntry): Options =>
  Object.fromEntries(Object.entries(entry.options).map(([option, spec]) => [option, spec.default]));

/** Other values than the default: all choices, the other flag, for a number the first of a few that its bounds allow. */
export function otherValues(spec: OptionSpec): OptionValue[] {
  if (spec.kind === 'flag') return [!spec.default];
  if (spec.kind === 'choice') return spec.values.filter((value) => value !== spec.default);
  const candidates = [spec.default - 1, spec.default + 1, spec.default / 2 + 0.1];
  return candidates.filter((value) => value !== spec.default && accepts(() => checkOption('', spec, value))).slice(0, 1);
}

/** The options that differ from the defaults in `option`, and in one more where the loss demands or `wanted` asks for it. */
export function changed(
  entry: LossEntry,
  option: string,
  value: OptionValue,
  wanted: (options: Options, other: Options) => boolean = () => true,
): Options | undefined {
  const base = defaultsOf(entry);
  const second = Object.entries(entry.options).flatMap(([key, spec]) => otherValues(spec).map((v) => ({ [key]: v })));
  return [{}, ...second]
    .map((more): [Options, Options] => [{ ...base, ...more, [option]: value }, { ...base, ...more, [option]: base[option]! }])
    .filter(([options]) => accepts(() => entry.check?.(options)))
    .find(([options, other]) => wanted(options, other))?.[0];
}

/** Every loss with its defaults, and once more for every other value of each option, alone or with what it needs. */
export const variants: readonly Variant[] = Object.entries(losses as Record<string, LossEntry>).flatMap(([name, entry]) => [
  { title: name, name, entry, options: defaultsOf(entry) },
  ...Object.entries(entry.options).flatMap(([option, spec]) =>
    otherValues(spec).flatMap((value) => {
      const options = changed(entry, option, value);
      return options === undefined ? [] : [{ title: `${name} ${option}=${value}`, name, entry, options }];
    }),
  ),
]);

export function accepts(body: () => unknown): boolean {
  try {
    body();
    return true;
  } catch {
    return false;
  }
}
