import type { Message } from './read-message';

const quoted = /^\s*(>|\||[A-Za-z]{0,4}>|[:}]\s)/;
const attribution = /(\b(wrote|writes|said|says|schrieb)\b\s*:?\s*$)|^\s*-{2,}\s*(original message|forwarded|begin forwarded)|^\s*(on|at)\b.*\b\d{1,4}\b.*,?\s*$.*wrote/i;
const forwarded = /^\s*-{2,}.*(original message|forwarded message|begin forwarded).*$/i;
const header = /^\s*(from|to|cc|sent|date|subject|reply-to|message-id)\s*:/i;
const signatureMark = /^(--\s*|_{5,}|-{10,}|={10,}|\*{10,}|~{10,})$/;
const footer = /mailing list|unsubscribe|sponsored by|this sf\.net email|pgp signature|https?:\/\/\S*(mailman|listinfo)/i;

/**
 * What the writer of a message wrote: without quotes and the lines that lead to them, without signature and footer of the list, without
 * markup, addresses and links, and without the writer's own name.
 *
 * @returns text in which paragraphs are left as they are, or '' if nothing remains
 */
export function cleanText({ text, name, address }: Pick<Message, 'text' | 'name' | 'address'>): string {
  const lines = ownLines(text.replaceAll('\r', '').split('\n'));
  const plain = lines
    .join('\n')
    .replace(/-{3,}BEGIN PGP[\s\S]*?-{3,}END PGP[^\n]*/g, '')
    .replace(/<\/?[a-z][^<>\n]{0,200}>/gi, ' ')
    .replace(/\b(https?|ftp):\/\/\S+|\bwww\.\S+/gi, '{link}')
    .replace(/[^\s<>"(),;:]*@[\w-]+(\.[\w-]+)+/g, '{address}');
  return withoutName(plain, { name, address }).replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

function ownLines(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (const [at, line] of lines.entries()) {
    // a signature goes to the end; so does what is forwarded below a mark
    if (signatureMark.test(line.trimEnd()) && (lines.length - at <= 25 || footer.test(lines.slice(at, at + 8).join(' ')))) break;
    if (forwarded.test(line)) break;
    if (quoted.test(line) || header.test(line) || footer.test(line) || leadsToQuote(lines, at)) continue;
    kept.push(line);
  }
  return kept;
}

/** "On Monday, ... wrote:", in one line or two, with a quote below it. */
function leadsToQuote(lines: readonly string[], at: number): boolean {
  const below = lines.slice(at + 1, at + 4);
  const line = lines[at] ?? '';
  const isQuoteSoon = below.some((next) => quoted.test(next));
  return isQuoteSoon && (attribution.test(line) || (/^\s*(on|at|in)\b/i.test(line) && attribution.test(below[0] ?? '')));
}

/** Names of at least three letters, where they stand as words. */
function withoutName(text: string, { name, address }: Pick<Message, 'name' | 'address'>): string {
  const words = new Set([...`${name} ${address.split('@')[0] ?? ''}`.matchAll(/\p{L}{3,}/gu)].map(([word]) => word.toLowerCase()));
  return text.replace(/\p{L}{3,}/gu, (word) => (words.has(word.toLowerCase()) ? '{name}' : word));
}
