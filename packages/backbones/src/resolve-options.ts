import type { OptionSpec, OptionSpecs } from './option-spec';

/**
 * Fills in defaults and checks every option against its spec.
 *
 * @throws RangeError for an unknown or missing option or a value out of range, TypeError for one of another kind
 */
export function resolveOptions(
  owner: string,
  specs: OptionSpecs,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(specs, name));
  if (unknown !== undefined) {
    throw new RangeError(`${owner}: unknown option '${unknown}'; known: ${Object.keys(specs).join(', ')}`);
  }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, resolveOption(`${owner}: ${name}`, spec, given[name])]),
  );
}

function resolveOption(label: string, spec: OptionSpec, given: unknown): unknown {
  const value = given ?? spec.default;
  if (value === undefined) throw new RangeError(`${label} is required: ${spec.describe}`);
  switch (spec.kind) {
    case 'number':
      if (typeof value !== 'number') throw new TypeError(`${label} must be a number, got ${JSON.stringify(value)}`);
      if (fits(value, spec)) return value;
      throw new RangeError(`${label} must be ${boundsOf(spec)}, got ${value}`);
    case 'flag':
      if (typeof value === 'boolean') return value;
      throw new TypeError(`${label} must be true or false, got ${JSON.stringify(value)}`);
    case 'choice':
      if (spec.values.some((allowed) => allowed === value)) return value;
      throw new RangeError(`${label} must be one of ${spec.values.join(', ')}, got ${JSON.stringify(value)}`);
  }
}

type Bounds = Extract<OptionSpec, { kind: 'number' }>;

function fits(value: number, { atLeast = -Infinity, below = Infinity, integer }: Bounds): boolean {
  return value >= atLeast && value < below && (!integer || Number.isInteger(value));
}

function boundsOf({ atLeast, below, integer }: Bounds): string {
  const bounds = [atLeast === undefined ? '' : `at least ${atLeast}`, below === undefined ? '' : `below ${below}`];
  return [integer ? 'an integer' : 'a number', bounds.filter(Boolean).join(' and ')].filter(Boolean).join(' ');
}
