import { describe, expect, it } from '@jest/globals';

import { countVerdicts } from '../../src/claims';
import { generatedBlock, papersTable, summaryToMarkdown, summaryToText, type PaperSummary } from '../../src/summary';

const summary: PaperSummary = {
  title: 'CosFace',
  profile: 'quick',
  metrics: [{ label: 'TAR', as: 'percent', decimals: 1 }, { label: 'AFS', as: 'number', decimals: 3 }],
  rows: [
    { variant: 'softmax', cells: [{ mean: 0.5, low: 0.48, high: 0.52, seeds: 3 }, { mean: 0.1, seeds: 3 }] },
    { variant: 'm=0.35', cells: [{ mean: 0.61, seeds: 3, diverged: 1 }, 'missing'] },
  ],
  claims: [{ id: 'C1', says: 'LMCL beats softmax', inPaper: 'Table 2', expectation: { kind: 'exact', test: 't' }, judgement: { verdict: 'holds' } }],
  files: [{ what: 'table 2', path: 'results/cosface/quick/table-2.md' }],
  problems: ['m=0.6, seed 1 failed: out of memory'],
};

describe('the summary of a paper', () => {
  it('is aligned on a terminal and names variants, claims, problems and files', () => {
    expect(summaryToText(summary)).toBe([
      'CosFace, quick profile',
      '  variant  TAR (%)     AFS',
      '  softmax  50.0 ± 2.0  0.100',
      '  m=0.35   61.0 †1/3   missing',
      'Claims: 1 holds (of 1)',
      '  C1  holds  LMCL beats softmax',
      '  ! m=0.6, seed 1 failed: out of memory',
      'Open',
      '  table 2  results/cosface/quick/table-2.md',
      '',
    ].join('\n'));
  });

  it('says the same in Markdown', () => {
    const markdown = summaryToMarkdown(summary);
    expect(markdown).toContain('| variant | TAR (%) | AFS |\n| :- | -: | -: |\n| softmax | 50.0 ± 2.0 | 0.100 |');
    expect(markdown).toContain('- **C1** LMCL beats softmax: **holds**');
    expect(markdown).toContain('- [table 2](results/cosface/quick/table-2.md)');
  });
});

it('gives each paper one line, also one without results', () => {
  const verdicts = { ...countVerdicts([]), holds: 4, fails: 1, undecided: 2, 'not tested': 5, 'not seen': 1 };
  const table = papersTable([
    { title: 'CosFace', idea: 'a margin', link: 'results/cosface/README.md', verdicts, profile: 'standard', commit: 'abc1234' },
    { title: 'SupCon', link: 'experiments/supcon', verdicts: { ...countVerdicts([]), 'not tested': 9 }, profile: 'standard', without: 'not run yet' },
  ]);
  expect(table.split('\n').slice(2)).toEqual([
    '| [CosFace](results/cosface/README.md) | a margin | 4 | 1 | 3 | 5 | 13 | standard | `abc1234` |',
    '| [SupCon](experiments/supcon) |  | not run yet | – | – | – | 9 | standard | – |',
    '',
  ]);
});

describe('a generated block', () => {
  const text = 'before\n<!-- generated:papers -->\nold\n<!-- /generated:papers -->\nafter\n';

  it('replaces what stands between its markers, and nothing else', () => {
    const once = generatedBlock(text, 'papers', 'new $& line\n');
    expect(once).toBe('before\n<!-- generated:papers -->\n\nnew $& line\n\n<!-- /generated:papers -->\nafter\n');
    expect(generatedBlock(once, 'papers', 'new $& line')).toBe(once);
  });

  it('refuses a text without the markers, or with one twice', () => {
    const message = "generatedBlock: expected '<!-- generated:claims -->' and then '<!-- /generated:claims -->', once each";
    expect(() => generatedBlock(text, 'claims', '')).toThrow(new RangeError(message));
    for (const twice of [text + text, `<!-- generated:papers -->\n${text}`, `${text}<!-- /generated:papers -->`, text.split('\n').reverse().join('\n')]) {
      expect(() => generatedBlock(twice, 'papers', '')).toThrow(RangeError);
    }
  });
});
