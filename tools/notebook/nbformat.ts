import { parseJson } from '@hypersphere/engine';

import type { ExecutedCell, Output } from './execute';

/** The part of Jupyter's notebook format 4.5 that is written here. @see https://nbformat.readthedocs.io/en/latest/format_description.html */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: object;
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

export interface NotebookCell {
  readonly id: string;
  readonly cell_type: 'markdown' | 'code';
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: number;
  readonly outputs?: readonly NotebookOutput[];
}

export type NotebookOutput =
  | { readonly output_type: 'stream'; readonly name: 'stdout'; readonly text: readonly string[] }
  | { readonly output_type: 'display_data'; readonly data: { readonly 'image/png': string; readonly 'text/plain': readonly string[] }; readonly metadata: object };

const METADATA = {
  kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'typescript' },
  language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript' },
};

/** A notebook with its outputs. */
export function toNotebook(cells: readonly ExecutedCell[]): Notebook {
  let count = 0;
  return {
    cells: cells.map(({ kind, source, outputs }, at): NotebookCell => {
      const cell = { id: `cell-${at + 1}`, cell_type: kind, metadata: {}, source: linesOf(source) };
      return kind === 'markdown' ? cell : { ...cell, execution_count: ++count, outputs: outputs.map(toOutput) };
    }),
    metadata: METADATA,
    nbformat: 4,
    nbformat_minor: 5,
  };
}

function toOutput(output: Output): NotebookOutput {
  if ('text' in output) return { output_type: 'stream', name: 'stdout', text: linesOf(output.text) };
  const { width, height } = sizeOf(output.png);
  return {
    output_type: 'display_data',
    data: { 'image/png': Buffer.from(output.png).toString('base64'), 'text/plain': [output.title] },
    metadata: { 'image/png': { width: width / 2, height: height / 2 } }, // drawn at twice the size
  };
}

/** Pixels of a PNG, from its header. */
export function sizeOf(png: Uint8Array): { width: number; height: number } {
  const header = Buffer.from(png.buffer, png.byteOffset, 24);
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}

/** Lines with their ends, as the format has texts. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/).filter((line) => line !== '');

/**
 * A notebook as it is stored.
 *
 * @throws RangeError if the text is none that was written here
 */
export function parseNotebook(text: string, name: string): Notebook {
  let stored: unknown;
  try {
    stored = parseJson(text);
  } catch (error) {
    throw damaged(name, (error as Error).message);
  }
  if (!holds(stored, { cells: (cells) => isListOf(cells, isCell) })) throw damaged(name, 'is no notebook of format 4.5 with the outputs that are written here');
  return stored as Notebook;
}

const damaged = (name: string, what: string): RangeError =>
  new RangeError(`notebooks: ${name}.ipynb ${what}; 'npm run notebooks -- ${name}' writes it again`);

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isLines: Check = (value) => isListOf(value, isText);
const isCell: Check = (cell) => holds(cell, { cell_type: isText, source: isLines, outputs: (outputs) => outputs === undefined || isListOf(outputs, isOutput) });
const isOutput: Check = (output) => holds(output, { output_type: (type) => type === 'stream', text: isLines }) || holds(output, { data: isFigure });
const isFigure: Check = (data) => holds(data, { 'image/png': isText, 'text/plain': isLines }) && Buffer.from((data as { 'image/png': string })['image/png'], 'base64').length >= 24;

const isListOf = (value: unknown, check: Check): boolean => Array.isArray(value) && value.every(check);
const holds = (value: unknown, checks: Readonly<Record<string, Check>>): boolean =>
  typeof value === 'object' && value !== null && Object.entries(checks).every(([key, check]) => check((value as Record<string, unknown>)[key]));
