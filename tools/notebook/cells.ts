/** A cell of a notebook as it is written, without its outputs. */
export interface Cell {
  readonly kind: 'markdown' | 'code';
  readonly source: string;
}

const MARKER = /^\/\/ %%(.*)$/;

/**
 * Cells of a notebook in Jupytext's percent format: `// %%` starts a cell of code, `// %% [markdown]` one of text whose
 * lines are comments.
 *
 * @throws RangeError if something stands before the first marker
 * @see https://jupytext.readthedocs.io/en/latest/formats-scripts.html
 */
export function cellsOf(text: string): Cell[] {
  const cells: { kind: Cell['kind']; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const marker = MARKER.exec(line);
    if (marker !== null) cells.push({ kind: marker[1]?.trim() === '[markdown]' ? 'markdown' : 'code', lines: [] });
    else if (cells.length > 0) cells.at(-1)?.lines.push(line);
    else if (line.trim() !== '') throw new RangeError(`notebook: expected '// %%' first, got '${line}'`);
  }
  return cells.map(({ kind, lines }) => {
    const plain = kind === 'markdown' ? lines.map((line) => line.replace(/^\/\/ ?/, '')) : lines;
    return { kind, source: plain.join('\n').trim() };
  });
}

/** The same text with each marker replaced by a call that tells which cell begins; lines keep their numbers. */
export function withCalls(text: string): string {
  let cell = -1;
  return text.split('\n').map((line) => (MARKER.test(line) ? `beginCell(${++cell});` : line)).join('\n');
}
