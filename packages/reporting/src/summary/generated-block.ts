/**
 * Replaces what stands between `<!-- generated:NAME -->` and `<!-- /generated:NAME -->`.
 *
 * @param text of the whole file
 * @returns the text with the new content, a blank line on either side of it
 * @throws RangeError if the two markers are not there once each, in this order
 */
export function generatedBlock(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from || text.indexOf(open, from + 1) >= 0 || text.indexOf(close, to + 1) >= 0) {
    throw new RangeError(`generatedBlock: expected '${open}' and then '${close}', once each`);
  }
  return `${text.slice(0, from + open.length)}\n\n${content.trim()}\n\n${text.slice(to)}`;
}
