import { Argument, InvalidArgumentError, Option } from 'commander';

import { PROFILE_NAMES } from './define-experiment';
import { experimentIds } from './load-experiment';
import { nearest } from './nearest';

export const experimentArgument = (): Argument =>
  new Argument('[experiment]', `one of: ${experimentIds().join(', ')}`);

export const profileOption = (): Option =>
  new Option('--profile <name>', `one of: ${PROFILE_NAMES.join(', ')}`).default('quick').argParser((name) => {
    if (!(PROFILE_NAMES as readonly string[]).includes(name)) throw new InvalidArgumentError(`unknown profile ${nearest(name, PROFILE_NAMES)}`);
    return name;
  });

export const precisionOption = (): Option =>
  new Option('--precision <name>', "of the backbone's convolutions and matrix products; bfloat16 is a run of its own").choices(['float32', 'bfloat16']);

export const seedsOption = (): Option =>
  new Option('--seeds <list>', "seeds instead of the profile's, e.g. 0,1,2").argParser((text) => [...new Set(text.split(',').map(wholeNumber))]);

export const onlyOption = (): Option =>
  new Option('--only <variant>', 'this variant only; several: give it again, or separate them by commas').argParser((name: string, before: string[] | undefined) => [...(before ?? []), name]);

export const jobsOption = (): Option =>
  atLeastOne('--jobs <n>', 'runs at the same time (default: cores divided by the threads of a run)');

/** A whole number from 1. */
export const atLeastOne = (flags: string, says: string): Option =>
  new Option(flags, says).argParser((text) => {
    const value = wholeNumber(text);
    if (value < 1) throw new InvalidArgumentError('expected at least 1');
    return value;
  });

export const ownDataOption = (): Option =>
  new Option('--data <folder:PATH>', 'images of your own instead: a folder a class, or folders train and test of such');

export const imageSizeOption = (): Option =>
  new Option('--image-size <HxWxC>', 'what they are fitted to, e.g. 32x32x3');

/** `loss.margin=0.2,0.35` as a path and its values; adds to those given before. */
export function configPath(text: string, before: readonly Vary[]): readonly Vary[] {
  const [, path, values] = /^([\w.]+)=(.+)$/.exec(text) ?? [];
  if (path === undefined || values === undefined) throw new InvalidArgumentError(`expected PATH=VALUE,VALUE like loss.margin=0.2,0.35, received '${text}'`);
  return [...before, { path, values: values.split(',').map(jsonOrText) }];
}

export interface Vary {
  readonly path: string;
  readonly values: readonly (string | number | boolean)[];
}

function jsonOrText(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0) throw new InvalidArgumentError(`expected a whole number, received '${text}'`);
  return value;
}
