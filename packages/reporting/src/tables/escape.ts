/**
 * Text on one line in which nothing steers a terminal or turns text around: such characters stand as `\u{1b}`. Labels may come from
 * the names of folders and from records.
 */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, (space) => (/[\r\n\u2028\u2029]/.test(space) ? ' ' : space));
  return line.replace(/\p{C}/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Text as it stands, inside Markdown: no emphasis, links, cells, tags, entities or mathematics come out of a label. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|~#$]|&(?=#?\w+;)/g, '\\$&');
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '$': '\\$', '&': '\\&', '#': '\\#', '%': '\\%', _: '\\_',
  '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '<': '\\textless{}', '>': '\\textgreater{}', '|': '\\textbar{}', '[': '{[}', ']': '{]}', '*': '{*}', // a row may begin with them, after \\
 
  '±': '$\\pm$', '†': '\\textdagger{}', '‡': '\\textdaggerdbl{}', '–': '--', '−': '$-$', '×': '$\\times$', '°': '$^\\circ$', '·': '$\\cdot$', '≤': '$\\le$', '≥': '$\\ge$', '→': '$\\to$',
};
const GREEK: Readonly<Record<string, string>> = { α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', η: 'eta', θ: 'theta', κ: 'kappa', λ: 'lambda', μ: 'mu', ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi', ψ: 'psi', ω: 'omega' };

/** Text as it stands, inside LaTeX; Greek letters and signs as mathematics. */
export function escapeLatex(text: string): string {
  return [...oneLine(text)].map((c) => LATEX[c] ?? (GREEK[c] === undefined ? c : `$\\${GREEK[c]}$`)).join('');
}
