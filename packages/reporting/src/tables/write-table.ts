import { writeIfChanged } from '../output/write-if-changed';
import type { TableModel } from './table-model';
import { tableToCsv } from './to-csv';
import { tableToLatex } from './to-latex';
import { tableToMarkdown } from './to-markdown';

/**
 * Writes `<basePath>.md`, `.csv` and `.tex`, each only if its bytes changed.
 *
 * @returns the paths that were written
 */
export async function writeTable(model: TableModel, basePath: string): Promise<string[]> {
  const written: string[] = [];
  for (const [ending, content] of [['md', tableToMarkdown(model)], ['csv', tableToCsv(model)], ['tex', tableToLatex(model)]] as const) {
    if (await writeIfChanged(`${basePath}.${ending}`, content)) written.push(`${basePath}.${ending}`);
  }
  return written;
}
