import { hasOwnData } from '../own-data';

/** `--name=value`; in quotes where the value would not survive the shell and Nx without. */
export function option(name: string, value: string | number): string {
  const text = String(value);
  return /^[\w.+/:@-]+$/.test(text) ? `--${name}=${text}` : `--${name}="${text.replaceAll(/["\\$`]/g, '\\$&')}"`;
}

/** The command that explains one cell, as a report prints it: without the path of images of the user's own. */
export const explainCommand = (experiment: string, profile: string, address: string, more: readonly string[] = []): string =>
  nxCommand(experiment, 'explain', [...more, option('profile', profile), option('cell', address), ...(hasOwnData() ? ['--data=folder:PATH'] : [])]);

/** The command that a person types for a target of an experiment. */
export const nxCommand = (experiment: string, target: string, options: readonly string[]): string => ['npx', 'nx', 'run', `${experiment}:${target}`, ...options].join(' ');
