import { describe, expect, it } from '@jest/globals';
import { fuzzRuns } from '@hypersphere/testing/fuzz';
import * as aq from 'arquero';
import fc from 'fast-check';

import { drawFigure, marginSweep, metricDots, papersTable, summaryToMarkdown, summaryToText, tableToCsv, tableToLatex, tableToMarkdown, textsOf } from '../src';
import { escapeMarkdown } from '../src/tables';
import { smallTable } from './tables/small-table';

const labels = ['a|b', '<script>alert(1)</script>', '![x](javascript:alert(1))', 'two\nlines\r\n\u2028three', '`code`', '\u001b[31mred\u0007', '\u202egnp.exe\u2066', '=cmd|1', '&lt;b&gt;', '$x$ \\(y\\)', '__proto__', 'constructor', 'toString', '1', '\\', '"', '\ud800', '\u00a0 \ufeff'];
const steering = /[^\P{C}\n]|[\u2028\u2029]/u;
const table = (label: string) => ({ ...smallTable, id: label, title: label, caption: label, rows: smallTable.rows.map((row) => ({ ...row, label, note: label, ...(row.variant === undefined ? {} : { variant: label }) })) });
const anyLabel = fc.oneof(fc.constantFrom(...labels), fc.string({ unit: 'binary', maxLength: 12 }), fc.array(fc.constantFrom(...'|\\`<>*_[]()~#$&;"\n\r\t -'), { maxLength: 12 }).map((signs) => signs.join('')));
const lines = (text: string) => text.split('\n').length;
/** Bars that part cells: those behind an even number of backslashes. */
const bars = (line: string) => [...line.matchAll(/(?<!\\)(?:\\\\)*\|/g)].length;

describe('hostile labels in tables', () => {
  it('keep the rows, the cells and the signs of Markdown', () => {
    const plain = tableToMarkdown(table('x')).split('\n');
    fc.assert(
      fc.property(anyLabel, (label) => {
        const text = tableToMarkdown(table(label));
        const rows = text.split('\n').filter((line) => line.startsWith('|'));
        expect(text).not.toMatch(steering);
        expect(text).not.toMatch(/(?<!\\)[<>]/);
        expect(rows.map(bars)).toEqual(plain.filter((line) => line.startsWith('|')).map(bars));
      }),
      { numRuns: fuzzRuns(2000), seed: 31 },
    );
  });

  it('keep the rows and cells of CSV, and read back as one line that is shown', () => {
    fc.assert(
      fc.property(anyLabel, (label) => {
        const text = tableToCsv(table(label));
        expect(text).not.toMatch(steering);
        expect(lines(text)).toBe(lines(tableToCsv(table('x'))));
        const read = aq.fromCSV(text, { autoType: false });
        expect([read.numRows(), read.numCols()]).toEqual([smallTable.rows.length, aq.fromCSV(tableToCsv(table('x'))).numCols()]);
      }),
      { numRuns: fuzzRuns(2000), seed: 32 },
    );
  });

  it('keep the lines of LaTeX, and begin no command', () => {
    const known = /\\(textbackslash|textasciitilde|textasciicircum|textless|textgreater|textbar|textdagger|textdaggerdbl)\{\}|\\[{}$&#%_]|\$\\?[a-z+\-^\\]*\$/g;
    fc.assert(
      fc.property(anyLabel, (label) => {
        const text = tableToLatex(table(label));
        expect(text).not.toMatch(steering);
        expect(lines(text)).toBe(lines(tableToLatex(table('x'))));
        const caption = /\\caption\{(.*)\}$/m.exec(text)?.[1] ?? '';
        expect(caption.replace(known, '')).not.toMatch(/[\\$&#%_^~]/);
      }),
      { numRuns: fuzzRuns(2000), seed: 33 },
    );
  });

  it('are shown as they are, signs that steer as their numbers', () => {
    expect(labels.map(escapeMarkdown)).toEqual([
      'a\\|b', '\\<script\\>alert(1)\\</script\\>', '!\\[x\\](javascript:alert(1))', 'two lines three', '\\`code\\`', '\\\\u{1b}\\[31mred\\\\u{7}', '\\\\u{202e}gnp.exe\\\\u{2066}', '=cmd\\|1', '\\&lt;b\\&gt;', '\\$x\\$ \\\\(y\\\\)', '\\_\\_proto\\_\\_', 'constructor', 'toString', '1', '\\\\', '"', '\\\\u{d800}', '\u00a0 \\\\u{feff}',
    ]);
  });

  it('take time by their length, not by its square', () => {
    expect(escapeMarkdown(`a${' '.repeat(1e6)}b`)).toHaveLength(1e6 + 2);
  });
});

describe('hostile words in summaries', () => {
  const summary = (label: string) => ({
    title: label, profile: 'quick', metrics: [{ label, as: 'percent', decimals: 1 } as const], rows: [{ variant: label, cells: [{ mean: 0.5, seeds: 1 }] }],
    claims: [], files: [{ what: label, path: 'claims.md' }], problems: [label],
  });
  it.each(labels)('%j stays on its line', (label) => {
    for (const make of [summaryToText, summaryToMarkdown]) {
      expect(make(summary(label))).not.toMatch(steering);
      expect(lines(make(summary(label)))).toBe(lines(make(summary('x'))));
    }
    const papers = papersTable([{ title: label, idea: label, link: 'x', verdicts: { holds: 1, fails: 0, undecided: 0, 'direction seen': 0, 'not seen': 0, 'not tested': 0 }, profile: label, commit: label }]);
    expect(papers).not.toMatch(steering);
    expect(papers.trimEnd().split('\n').map(bars)).toEqual([10, 10, 10]);
  });
});

describe('hostile labels in figures', () => {
  it.each(labels.filter((label) => !['a|b', '`code`', '=cmd|1', '1', '"', 'toString', '$x$ \\(y\\)'].includes(label)))('%j is drawn as text', async (label) => {
    const dots = metricDots({ title: label, subtitle: label, metrics: [{ title: label, format: { as: 'percent', decimals: 1 }, rows: [{ variant: { name: `v ${label}` }, mean: 0.5 }, { variant: { name: 'other' }, mean: 0.4 }] }] });
    const sweep = marginSweep({ title: 'Sweep', axis: label, variant: { name: label }, metrics: [{ title: label, points: [0, 1].map((x) => ({ x, y: x / 2 })), references: [{ label, y: 0.2 }] }] });
    for (const spec of [dots, sweep]) {
      const { svg, json, png, warnings } = await drawFigure(spec);
      expect([warnings, png.length > 1000]).toEqual([[], true]);
      expect(svg.trimEnd()).not.toMatch(steering);
      expect(json).not.toMatch(steering);
      expect(svg).not.toMatch(/<script|<b>|javascript:[^a]|onload=/);
      expect(svg.match(/<[a-zA-Z]+/g)?.filter((tag) => !['<svg', '<g', '<path', '<text', '<rect', '<line', '<tspan', '<defs', '<clipPath'].includes(tag))).toEqual([]);
    }
    expect(textsOf((await drawFigure(dots)).svg)).toContain('other');
  });
});
