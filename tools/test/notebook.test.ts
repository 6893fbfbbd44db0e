import { describe, expect, it } from '@jest/globals';
import { fuzzRuns, mutatedBytes, mutatedJson, thrownBy } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { cellsOf, withCalls } from '../notebook/cells';
import { differences } from '../notebook/differences';
import { parseNotebook, sizeOf, toNotebook, type Notebook } from '../notebook/nbformat';

const TEXT = ['// %% [markdown]', '// # Title', '//', '//     code', '', '// %%', 'const a = 1; // %% within', '', '// %%', 'console.log(a);', ''].join('\n');

/** The first bytes of a PNG: signature, length and name of its header, width and height. */
function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

describe('cells of the percent format', () => {
  it('are text without comment signs, and code', () => {
    expect(cellsOf(TEXT)).toEqual([
      { kind: 'markdown', source: '# Title\n\n    code' },
      { kind: 'code', source: 'const a = 1; // %% within' },
      { kind: 'code', source: 'console.log(a);' },
    ]);
  });

  it('need a marker first', () => {
    expect(() => cellsOf('const a = 1;\n// %%')).toThrow("notebook: expected '// %%' first, got 'const a = 1;'");
  });

  it('become calls on the same lines', () => {
    const lines = withCalls(TEXT).split('\n');
    expect(lines).toHaveLength(TEXT.split('\n').length);
    expect([lines[0], lines[5], lines[8]]).toEqual(['beginCell(0);', 'beginCell(1);', 'beginCell(2);']);
  });
});

describe('a notebook', () => {
  const cells = (text: string, title: string, size: [number, number]) =>
    toNotebook([
      { kind: 'markdown', source: '# Title', outputs: [] },
      { kind: 'code', source: 'run();', outputs: [{ text }, { title, png: png(...size) }] },
    ]);
  const stored = cells('0.25\n', 'a figure', [1440, 800]);

  it('has outputs and counts for code alone', () => {
    const [markdown, code] = stored.cells;
    expect(markdown).toEqual({ id: 'cell-1', cell_type: 'markdown', metadata: {}, source: ['# Title'] });
    expect(code).toMatchObject({ execution_count: 1, outputs: [{ output_type: 'stream', text: ['0.25\n'] }, { output_type: 'display_data', metadata: { 'image/png': { width: 720, height: 400 } } }] });
  });

  it('knows the size of its pictures', () => {
    expect(sizeOf(png(3, 70_000))).toEqual({ width: 3, height: 70_000 });
  });

  it('does not differ from itself after it was written', () => {
    expect(differences(JSON.parse(JSON.stringify(stored)) as Notebook, stored)).toEqual([]);
  });

  it.each([
    ['a printed number', cells('0.26\n', 'a figure', [1440, 800])],
    ['the title of a figure', cells('0.25\n', 'another', [1440, 800])],
    ['the size of a figure', cells('0.25\n', 'a figure', [1440, 801])],
    ['a cell less', { ...stored, cells: stored.cells.slice(0, 1) }],
    ['a picture less', { ...stored, cells: stored.cells.map((cell) => ({ ...cell, outputs: cell.outputs?.slice(0, 1) ?? [] })) }],
  ])('differs by %s', (_what, fresh) => {
    expect(differences(stored, fresh)).toEqual([expect.stringMatching(/^cell 2: stored /)]);
  });
});

describe('a hostile notebook', () => {
  const valid = toNotebook([
    { kind: 'markdown', source: '# Title', outputs: [] },
    { kind: 'code', source: 'show(1);', outputs: [{ text: 'one\n' }, { title: 'figure', png: png(200, 100) }] },
  ]);
  const text = JSON.stringify(valid);

  it('is compared or refused', () => {
    fc.assert(
      fc.property(fc.oneof(mutatedJson(valid), mutatedBytes(Buffer.from(text)).map(String)), (changed) => {
        const error = thrownBy(() => differences(parseNotebook(changed, 'name'), valid));
        return error === undefined || error instanceof RangeError;
      }),
      { numRuns: fuzzRuns(), seed: 34 },
    );
  });

  it.each([
    ['{', 'is no JSON'],
    ['{"cells":[{"cell_type":"code","source":"text"}]}', 'is no notebook of format 4.5 with the outputs that are written here'],
    [text.replace(/"image\/png":"[^"]*"/, '"image/png":"AAAA"'), 'is no notebook of format 4.5 with the outputs that are written here'],
  ])('is named: %.30j', (changed, message) => {
    expect(() => parseNotebook(changed, 'name')).toThrow(new RangeError(`notebooks: name.ipynb ${message}; 'npm run notebooks -- name' writes it again`));
  });

  it('that is sound is taken', () => expect(parseNotebook(text, 'name')).toEqual(valid));
});
