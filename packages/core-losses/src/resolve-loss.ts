import { checkOption } from './options/check-option';
import type { LossEntry } from './loss-entry';
import { losses, type LossConfig, type LossName } from './registry';
import { suggestion } from './options/nearest-name';
import type { OptionSpecs, OptionValue } from './options/option-specs';

export interface ResolvedLoss {
  readonly name: LossName;
  readonly entry: LossEntry;
  /** Every option of the entry, defaults filled in. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

/**
 * Finds a loss by its name, checks its options and fills in defaults.
 *
 * @param config plain JSON, such as `{ name: 'cosface', margin: 0.2 }`; checked in full, since it may come from a file
 * @returns the registry's entry and all of its options
 * @throws RangeError for an unknown loss or option (with the known ones and the nearest), a value out of range or options
 *   that exclude each other; TypeError for a value of another kind
 */
export function resolveLoss(config: LossConfig): ResolvedLoss {
  const { name, ...given } = config as { readonly name: LossName } & Record<string, unknown>;
  const known = Object.keys(losses);
  if (typeof name !== 'string' || !known.includes(name)) {
    const nearest = typeof name === 'string' ? suggestion(name, known) : '';
    throw new RangeError(`loss.name: expected one of ${known.join(', ')}, received ${JSON.stringify(name)}${nearest}`);
  }
  const entry: LossEntry = losses[name];
  refuseUnknown(name, entry.options, Object.keys(given));
  const options = Object.fromEntries(
    Object.entries(entry.options).map(([option, spec]) => [
      option,
      given[option] === undefined ? spec.default : checkOption(`loss.${option}`, spec, given[option]),
    ]),
  );
  entry.check?.(options);
  return { name, entry, options };
}

function refuseUnknown(name: string, specs: OptionSpecs, given: readonly string[]): void {
  const known = Object.keys(specs);
  const unknown = given.find((option) => !known.includes(option));
  if (unknown === undefined) return;
  const nearest = suggestion(unknown, known);
  throw new RangeError(`loss.${unknown}: ${name} has no such option, expected one of ${known.join(', ')}${nearest}`);
}
