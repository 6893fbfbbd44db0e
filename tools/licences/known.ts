/**
 * Licences that were read and allow what is done here: use, unchanged, beside code under Apache-2.0. MPL-2.0 asks for the source of
 * changed files; nothing is changed. CC-BY-4.0 is on data and asks for the name; OFL-1.1 is on fonts and forbids to sell them alone.
 */
const KNOWN = new Set([
  '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSL-1.0', 'CC-BY-4.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0',
  'MPL-2.0', 'OFL-1.1', 'PDDL-1.0', 'Python-2.0', 'UFL-1.0', 'Unlicense',
]);

/**
 * What is wrong with a licence.
 *
 * @param licence an SPDX expression; every licence in it must be known, also where one of several could be chosen
 * @returns undefined if nothing is
 * @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 */
export function licenceProblem(licence: string | undefined): string | undefined {
  const names = (licence ?? '').split(/[\s()]+/).filter((word) => word !== '' && !['AND', 'OR'].includes(word));
  if (names.length === 0) return 'states no licence';
  const unknown = names.filter((name) => !KNOWN.has(name));
  return unknown.length === 0 ? undefined : `has the unknown licence ${unknown.join(', ')}; read it, and add it to tools/licences/known.ts if it allows the use`;
}
