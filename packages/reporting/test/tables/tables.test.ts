import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { tableToCsv, tableToLatex, tableToMarkdown, writeTable, type TableModel } from '../../src/tables';
import { measuredCell } from '../../src/tables/cells';
import { agreementLine } from '../../src/tables/legend';
import { smallTable } from './small-table';

const folder = temporaryFolder();

const markdown = String.raw`## Table 2: losses on the same data

Small network, 50 % of the classes & 10 seeds.

|Method|LFW, % (published, CASIA)|YTF, % (published, CASIA)|TAR@FAR=1e-3, % (ours, Hangul, standard)|mean norm (ours, Hangul, standard)|Seeds|Note|
|:-|-:|-:|-:|-:|-:|:-|
|Softmax|97.88|93.1|67.9 ± 1.0|12.35 \[12.00, 13.00\]|10||
|LMCL, m=0.35 (s\|t)|99.33?|–|77.4 \[75.0, 79.0\] †2/7, 7 of 10 seeds, 3 stale|missing|7||
|A\_Softmax\*|99.42‡|95‡|70.0|missing|1|standard only|
|Triplet "semi"|98.7|93.4|–|–|–|not trained here: needs video, \<and\> more|

- Behind each mean: its 95 % interval, as ± half of its width or as \[low, high\].
- One seed says nothing about the spread between seeds; an interval beside it covers the test classes only.
- †k/n: k of n runs diverged or collapsed; they enter at the chance value of the metric.
- missing: no run of this variant is stored for this profile.
- stale: the stored runs belong to an older config, data manifest or training version; no number is taken from them.
- ‡ published value recalled, not seen again in the source.
- ? published value uncertain.
- Order of rows, LFW (published) against TAR@FAR=1e-3 (measured): Kendall's tau-b 0.67 (95 % or more over 10 seeds \[0.40, 0.80\], 8 rows).
- Order of rows, YTF (published) against mean norm (measured): not given below five rows, nor for rows that are all equal.
`;

const csvLines = [
  'Softmax,softmax,97.88,93.1,verified,0.6789,0.6689,0.6889,0.014,10,0,0.66;0.7,ok,12.345,12,13,,10,0,,ok,',
  '"LMCL, m=0.35 (s|t)",m=0.35,99.33,,recalled; LFW: uncertain,0.774,0.75,0.79,,7,2,,stale,,,,,,,,missing,',
  'A_Softmax*,a-softmax,99.42,95,recalled,0.7,,,,1,0,,ok,,,,,,,,missing,standard only',
  '"Triplet ""semi""",,98.7,93.4,verified,,,,,,,,,,,,,,,,,"not trained here: needs video, <and> more"',
];

const latexBody = String.raw`    & \multicolumn{2}{c}{published, CASIA} & \multicolumn{2}{c}{ours, Hangul, standard} & & \\
    \cmidrule(lr){2-3} \cmidrule(lr){4-5}
    Method & LFW, \% & YTF, \% & TAR@FAR=1e-3, \% & mean norm & Seeds & Note \\
    \midrule
    Softmax & 97.88 & 93.1 & 67.9 $\pm$ 1.0 & 12.35 {[}12.00, 13.00{]} & 10 &  \\
    LMCL, m=0.35 (s\textbar{}t) & 99.33? & -- & 77.4 {[}75.0, 79.0{]} \textdagger{}2/7, 7 of 10 seeds, 3 stale & missing & 7 &  \\
    A\_Softmax{*} & 99.42\textdaggerdbl{} & 95\textdaggerdbl{} & 70.0 & missing & 1 & standard only \\
    Triplet "semi" & 98.7 & 93.4 & -- & -- & -- & not trained here: needs video, \textless{}and\textgreater{} more \\
    \bottomrule`;

describe('a table', () => {
  it('comes out as Markdown, every kind of cell marked and explained', () => {
    expect(tableToMarkdown(smallTable)).toBe(markdown);
  });

  it('comes out as CSV with shares as they are', () => {
    const [head, ...rows] = tableToCsv(smallTable).trimEnd().split('\n');
    expect(head).toContain('label,variant,published LFW (%),published YTF (%),published confidence,verification.tarAtFar1e-3 mean,');
    expect(rows).toEqual(csvLines);
  });

  it('comes out as LaTeX, published and measured under heads of their own', () => {
    const latex = tableToLatex(smallTable);
    expect(latex).toContain(latexBody);
    expect(latex).toContain(String.raw`\caption{Table 2: losses on the same data. Small network, 50 \% of the classes \& 10 seeds.}`);
    expect(latex).toContain(String.raw`\begin{tabular}{lrrrrrl}`);
  });

  it('explains only the marks it uses', () => {
    const [first] = smallTable.rows;
    const plain: TableModel = { ...smallTable, rows: first === undefined ? [] : [first], agreement: [] };
    expect(tableToMarkdown(plain)).not.toMatch(/†|‡|missing|stale|edited|failed|not measured|One seed/);
  });

  it('never has a column without its group in the head', () => {
    const head = tableToMarkdown(smallTable).split('\n').find((line) => line.startsWith('|Method')) ?? '';
    const cells = head.split('|').slice(2, -3);
    expect(cells.map((cell) => /published/.test(cell) !== /ours/.test(cell))).toEqual([true, true, true, true]);
  });

  it('is written once: the second time no byte differs', async () => {
    const base = join(folder, 'tables', 'table-2');
    expect(await writeTable(smallTable, base)).toEqual([`${base}.md`, `${base}.csv`, `${base}.tex`]);
    expect(await writeTable(smallTable, base)).toEqual([]);
    expect(readFileSync(`${base}.md`, 'utf8')).toBe(markdown);
  });
});

describe('a measured cell', () => {
  const format = { as: 'percent', decimals: 1 } as const;

  it('prints a range where the interval lies unevenly, or on demand', () => {
    expect(measuredCell({ mean: 0.5, low: 0.48, high: 0.52, seeds: 3 }, format, 'half-width')).toBe('50.0 ± 2.0');
    expect(measuredCell({ mean: 0.5, low: 0.48, high: 0.52, seeds: 3 }, format, 'range')).toBe('50.0 [48.0, 52.0]');
    expect(measuredCell({ mean: 0.5, low: 0.49, high: 0.55, seeds: 3 }, format, undefined)).toBe('50.0 [49.0, 55.0]');
  });

  it('is never blank', () => {
    expect(measuredCell(undefined, format, undefined)).toBe('–');
    expect(measuredCell('missing', format, undefined)).toBe('missing');
    expect(measuredCell({ mean: Number.NaN, seeds: 2, diverged: 2 }, format, undefined)).toBe('diverged †2/2');
    expect(measuredCell({ mean: Number.NaN, seeds: 2, planned: 2 }, format, undefined)).toBe('not measured');
  });

  it.each([
    [{ edited: 1, planned: 1, seeds: 0, mean: Number.NaN }, 'edited'],
    [{ stale: 3, planned: 3, seeds: 0, mean: Number.NaN }, 'stale'],
    [{ failed: 1, edited: 1, stale: 1, planned: 3, seeds: 0, mean: Number.NaN }, '1 stale, 1 edited, 1 failed'],
    [{ edited: 2, planned: 10, seeds: 0, mean: Number.NaN }, '0 of 10 seeds, 2 edited'],
    [{ edited: 1, planned: 10, seeds: 9, mean: 0.5 }, '50.0 9 of 10 seeds, 1 edited'],
    [{ planned: 10, seeds: 3, mean: 0.5, low: 0.4, high: 0.6 }, '50.0 ± 10.0 3 of 10 seeds'],
  ])('says which runs are not behind it: %j', (cell, text) => {
    expect(measuredCell(cell, format, undefined)).toBe(text);
  });
});

it('says that one seed gives tau no interval', () => {
  const agreement = { tau: -0.04, low: -0.04, high: -0.04, rows: 6, seeds: 1 };
  expect(agreementLine({ published: 'LFW', measured: 'rank-1', agreement })).toBe("Order of rows, LFW (published) against rank-1 (measured): Kendall's tau-b -0.04 (one seed, 6 rows).");
});
