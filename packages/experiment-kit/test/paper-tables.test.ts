import { describe, expect, it } from '@jest/globals';

import type { Experiment } from '../src/define-experiment';
import { checkAgainstPaper, parsePaperTables } from '../src/paper-tables';
import { tiny } from './tiny';

const { experiment, published } = tiny;
const checking = (changes: Partial<Experiment>) => () => checkAgainstPaper({ ...experiment, ...changes }, published, 'tables.json');

describe('checkAgainstPaper', () => {
  it('accepts the labels that are there', () => {
    expect(checking({})).not.toThrow();
  });

  it('names an unknown table, row or column with those that are known', () => {
    expect(checking({ tables: { 'table-2': { rows: {}, columns: {} } } })).toThrow("tables.json: table 'table-2': unknown table 'table-2'; known: table-1; did you mean 'table-1'?");
    expect(checking({ tables: { 'table-1': { rows: { 'first rwo': 'softmax' }, columns: {} } } })).toThrow("tables.json: table 'table-1' has no row 'first rwo'; known: first row, second row; did you mean 'first row'?");
    expect(checking({ tables: { 'table-1': { rows: {}, columns: { acuracy: null } } } })).toThrow("tables.json: table 'table-1' has no column 'acuracy'; known: accuracy, speed; did you mean 'accuracy'?");
  });

  it('checks the cells that claims point to', () => {
    const claim = (row: string, column: string) => checking({ claims: { C9: { says: '', inPaper: '', published: [['table-1', row, column]], expect: { kind: 'notHere', because: '' } } } });
    expect(claim('first row', 'accuracy')).not.toThrow();
    expect(claim('third row', 'accuracy')).toThrow("tables.json: claim C9, table 'table-1' has no row 'third row'");
    expect(claim('first row', 'LFW')).toThrow("tables.json: claim C9, table 'table-1' has no column 'LFW'; known: accuracy, speed");
  });
});

describe('parsePaperTables', () => {
  it('names the file and the member that is wrong', () => {
    expect(() => parsePaperTables('{"paper":', 'tables.json')).toThrow(/^tables\.json: /);
    expect(() => parsePaperTables('{"paper":"x","tables":[{"id":1}]}', 'tables.json')).toThrow(/^tables\.json: not a list of published tables\n[^]*tables\[0\]\.id/);
  });
});
