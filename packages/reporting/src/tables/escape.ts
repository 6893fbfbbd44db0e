/** Text as it stands, inside Markdown: no emphasis, links, cells or tags come out of a label. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~#]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}

const LATEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '$': '\\$', '&': '\\&', '#': '\\#', '%': '\\%', _: '\\_',
  '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '<': '\\textless{}', '>': '\\textgreater{}', '|': '\\textbar{}', '[': '{[}', ']': '{]}', '*': '{*}', // a row may begin with them, after \\
 
  '±': '$\\pm$', '†': '\\textdagger{}', '‡': '\\textdaggerdbl{}', '–': '--', '−': '$-$', '×': '$\\times$', '°': '$^\\circ$', '·': '$\\cdot$', '≤': '$\\le$', '≥': '$\\ge$', '→': '$\\to$',
};
const GREEK: Readonly<Record<string, string>> = { α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', η: 'eta', θ: 'theta', κ: 'kappa', λ: 'lambda', μ: 'mu', ρ: 'rho', σ: 'sigma', τ: 'tau', φ: 'phi', ψ: 'psi', ω: 'omega' };

/** Text as it stands, inside LaTeX; Greek letters and signs as mathematics. */
export function escapeLatex(text: string): string {
  return [...text.replace(/\s*[\r\n]+\s*/g, ' ')].map((c) => LATEX[c] ?? (GREEK[c] === undefined ? c : `$\\${GREEK[c]}$`)).join('');
}
