import { sizeOf, type Notebook, type NotebookCell, type NotebookOutput } from './nbformat';

/**
 * What differs between a stored notebook and a fresh one: cells, texts below them, titles and sizes of figures. Pixels are
 * not compared.
 *
 * @returns one line a difference; empty where there is none
 */
export function differences(stored: Notebook, fresh: Notebook): string[] {
  const [was, is] = [stored.cells.map(describe), fresh.cells.map(describe)];
  const longest = Math.max(was.length, is.length);
  return Array.from({ length: longest }, (_, at) => at)
    .filter((at) => was[at] !== is[at])
    .map((at) => `cell ${at + 1}: stored ${was[at] ?? 'nothing'}, now ${is[at] ?? 'nothing'}`);
}

const describe = ({ cell_type, source, outputs = [] }: NotebookCell): string => JSON.stringify([cell_type, source.join(''), outputs.map(readable)]);

function readable(output: NotebookOutput): string {
  if (output.output_type === 'stream') return output.text.join('');
  const { width, height } = sizeOf(Buffer.from(output.data['image/png'], 'base64'));
  return `${output.data['text/plain'].join('')} (figure ${width} x ${height})`;
}
