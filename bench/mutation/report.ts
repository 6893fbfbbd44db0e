import { writeIfChanged } from '@hypersphere/reporting';
import { join } from 'node:path';

import type { Mutant } from './mutants';
import { mutators } from './mutators';
import { reasons } from './reasons';
import { ROOT, type Fate } from './run-mutant';

/** A mutant and what became of it. */
export interface Verdict extends Mutant {
  readonly fate: Fate;
  /** Of the file as it was. */
  readonly digest: string;
}

export interface MutationResult {
  readonly perFile: number;
  readonly seed: number;
  readonly verdicts: readonly Verdict[];
}

/** Name of a mutant that stays when lines move. */
export const keyOf = ({ file, from, to }: Mutant): string => `${file.replace(/^packages\//, '')}: ${oneLine(from)} -> ${oneLine(to)}`;

/** Writes `docs/mutation-tests.md`. */
export async function report({ perFile, seed, verdicts }: MutationResult): Promise<void> {
  const survivors = verdicts.filter(({ fate }) => fate === 'survived');
  const packages = [...new Set(verdicts.map(packageOf))].sort();
  await writeIfChanged(join(ROOT, 'docs', 'mutation-tests.md'), [
    '# Mutation tests',
    `Made by \`npm run mutate -- --per-file=${perFile} --seed=${seed}\`: in each source file of the losses and of the evaluation ${perFile} places, drawn at random, are changed one at a time, and the tests that reach the file must turn red. A mutant that never ends counts as killed.`,
    table(['package', 'mutants', 'killed', 'share'], packages.map((name) => row(name, verdicts.filter((one) => packageOf(one) === name)))),
    table(['change', 'mutants', 'killed', 'share'], Object.keys(mutators).map((name) => row(name, verdicts.filter(({ mutator }) => mutator === name)))),
    '## Survivors',
    survivors.length === 0 ? 'None.' : table(['place', 'change', 'why'], survivors.map((one) => [`${one.file.replace(/^packages\//, '')}:${one.line}`, `\`${oneLine(one.from)}\` to \`${oneLine(one.to)}\``, reasons[keyOf(one)] ?? '**no reason found yet**'])),
  ].join('\n\n') + '\n');
}

const packageOf = ({ file }: Mutant): string => file.split('/')[1] ?? '';

function row(name: string, verdicts: readonly Verdict[]): readonly string[] {
  const killed = verdicts.filter(({ fate }) => fate !== 'survived').length;
  return [name, String(verdicts.length), String(killed), verdicts.length === 0 ? '' : `${((100 * killed) / verdicts.length).toFixed(1)} %`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 90 ? `${flat.slice(0, 60)} ... ${flat.slice(-25)}` : flat;
}
