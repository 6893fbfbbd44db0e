import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import { drawFigure, type FigureSpec } from '@hypersphere/reporting';

import { cellsOf, withCalls, type Cell } from './cells';
import { receiveFigures } from './show';

/** What stands below a cell: lines of text, or a figure. */
export type Output = { readonly text: string } | { readonly title: string; readonly png: Uint8Array };

export interface ExecutedCell extends Cell {
  readonly outputs: readonly Output[];
}

type Written = string | FigureSpec;

const SETTINGS = join(__dirname, '..', '..', '.swcrc');

/**
 * Runs a notebook from its first cell to its last, as one module, and draws the figures that it showed.
 *
 * @param file TypeScript in percent format; `console.log` and `show` write below the cell that runs
 * @throws what a cell throws, and RangeError if Vega-Lite warns about a figure
 */
export async function execute(file: string): Promise<ExecutedCell[]> {
  const text = readFileSync(file, 'utf8');
  const cells = cellsOf(text);
  const written: Written[][] = cells.map(() => []);
  let current = 0;
  const write = (what: Written): void => void written[current]?.push(what);
  const log = (...words: unknown[]): void => write(format(...words));
  receiveFigures(write);
  try {
    const module = { exports: {} };
    const run = compileFunction(transpiled(text, file), ['exports', 'require', 'module', 'console', 'beginCell'], { filename: file }) as (...values: readonly unknown[]) => void;
    run(module.exports, createRequire(file), module, { ...console, log }, (cell: number) => (current = cell));
  } finally {
    receiveFigures(undefined);
  }
  const executed: ExecutedCell[] = [];
  for (const [at, cell] of cells.entries()) executed.push({ ...cell, outputs: await outputsOf(written[at] ?? []) });
  return executed;
}

function transpiled(text: string, file: string): string {
  const module = { type: 'commonjs', ignoreDynamic: true } as const;
  return transformSync(withCalls(text), { filename: file, configFile: SETTINGS, module, sourceMaps: false }).code;
}

/** Lines that follow each other are one output. */
async function outputsOf(written: readonly Written[]): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const what of written) {
    const last = outputs.at(-1);
    if (typeof what !== 'string') outputs.push(await drawn(what));
    else if (last !== undefined && 'text' in last) outputs.splice(-1, 1, { text: `${last.text}${what}\n` });
    else outputs.push({ text: `${what}\n` });
  }
  return outputs;
}

async function drawn(figure: FigureSpec): Promise<Output> {
  const { png, warnings } = await drawFigure(figure);
  const title = figure.description ?? '';
  if (warnings.length > 0) throw new RangeError(`notebook: figure '${title}': ${warnings.join('; ')}`);
  return { title, png };
}
