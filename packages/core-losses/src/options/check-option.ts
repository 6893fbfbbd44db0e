import type { NumberSpec, OptionSpec, OptionValue } from './option-specs';

/**
 * Checks one value against its spec.
 *
 * @param path where the value stands, such as `loss.margin`
 * @returns the value
 * @throws TypeError for another kind of value, RangeError for one out of range, with path, expectation and value
 */
export function checkOption(path: string, spec: OptionSpec, value: unknown): OptionValue {
  const complain = (Kind: typeof TypeError | typeof RangeError, expected: string): never => {
    throw new Kind(`${path}: expected ${expected}, received ${shown(value)}`);
  };
  switch (spec.kind) {
    case 'flag':
      return typeof value === 'boolean' ? value : complain(TypeError, 'true or false');
    case 'choice': {
      const expected = `one of ${spec.values.join(', ')}`;
      if (typeof value !== 'string') return complain(TypeError, expected);
      return spec.values.includes(value) ? value : complain(RangeError, expected);
    }
    case 'number':
      if (typeof value !== 'number') return complain(TypeError, rangeOf(spec));
      return isInside(value, spec) ? value : complain(RangeError, rangeOf(spec));
  }
}

/** The range in words or as an interval: `a number in [0, 2)`, `an integer of at least 1`. */
export function rangeOf({ integer = false, above, atLeast, below, atMost }: NumberSpec): string {
  const kind = integer ? 'an integer' : 'a number';
  const [low, high] = [above ?? atLeast, below ?? atMost];
  if (low !== undefined && high !== undefined) {
    return `${kind} in ${above === undefined ? '[' : '('}${low}, ${high}${below === undefined ? ']' : ')'}`;
  }
  if (low !== undefined) return above === undefined ? `${kind} of at least ${low}` : `${kind} above ${low}`;
  if (high !== undefined) return below === undefined ? `${kind} of at most ${high}` : `${kind} below ${high}`;
  return kind;
}

function isInside(value: number, { integer = false, above, atLeast, below, atMost }: NumberSpec): boolean {
  return (
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    (above === undefined || value > above) &&
    (atLeast === undefined || value >= atLeast) &&
    (below === undefined || value < below) &&
    (atMost === undefined || value <= atMost)
  );
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
