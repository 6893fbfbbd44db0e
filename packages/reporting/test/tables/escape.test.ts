import { expect, it } from '@jest/globals';

import { escapeLatex, escapeMarkdown } from '../../src/tables';

it('leaves nothing of Markdown in a label', () => {
  expect(escapeMarkdown('a|b *c* _d_ [e](f) `g` <h> #1 ~i~ \\')).toBe('a\\|b \\*c\\* \\_d\\_ \\[e\\](f) \\`g\\` \\<h\\> \\#1 \\~i\\~ \\\\');
  expect(escapeMarkdown('two\n  lines')).toBe('two lines');
});

it('leaves nothing of LaTeX in a label', () => {
  expect(escapeLatex('50% & $x_1$ {y}^2 ~z #1 \\w <v> |u|')).toBe('50\\% \\& \\$x\\_1\\$ \\{y\\}\\textasciicircum{}2 \\textasciitilde{}z \\#1 \\textbackslash{}w \\textless{}v\\textgreater{} \\textbar{}u\\textbar{}');
  expect(escapeLatex('[λ ± 1°]*')).toBe('{[}$\\lambda$ $\\pm$ 1$^\\circ${]}{*}');
});
