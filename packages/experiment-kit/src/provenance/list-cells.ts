import type { CellGroup } from './cell';
import { nxCommand, option } from './command-words';
import { block } from './explain-cell';

export interface CellList {
  readonly experiment: string;
  readonly profile: string;
  readonly groups: readonly CellGroup[];
}

/** What there is to explain: a group a line, its rows and columns. */
export function listText({ experiment, profile, groups }: CellList): string {
  const filled = groups.map(({ name, cells }) => ({ name, parts: cells().map(({ address }) => address.split('/').slice(1)) })).filter(({ parts }) => parts.length > 0);
  const [first] = filled;
  const example = first === undefined ? undefined : [first.name, ...(first.parts[0] ?? [])].join('/');
  return [
    `${experiment}, profile ${profile}: addresses are TABLE/ROW/COLUMN, claims/CLAIM or figures/FIGURE`,
    ...filled.map(({ name, parts }) => `${name}\n${block(axes(parts))}`),
    ...(example === undefined ? [] : [`For example: ${nxCommand(experiment, 'explain', [option('profile', profile), option('cell', example)])}`]),
  ].join('\n\n') + '\n';
}

function axes(parts: readonly (readonly string[])[]): (readonly [string, string])[] {
  const at = (index: number) => [...new Set(parts.flatMap((one) => one[index] ?? []))].join('  ');
  return parts.some((one) => one.length > 1) ? [['rows', at(0)], ['columns', at(1)]] : [['', at(0)]];
}
