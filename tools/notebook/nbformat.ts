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
