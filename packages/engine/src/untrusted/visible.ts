const LONGEST = 200;

/**
 * Text from outside, fit for a message: what could steer a terminal, break a line or turn text around stands as `\u{1b}`, and a long
 * text is cut.
 *
 * @param most characters that are kept
 */
export function visible(text: string, most: number = LONGEST): string {
  const kept = text.length > most ? `${text.slice(0, most)}…` : text;
  return kept.replace(/[\p{C}\u2028\u2029]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A JSON value from outside, fit for a message. */
export function visibleJson(value: unknown, most: number = LONGEST): string {
  try {
    return visible(JSON.stringify(value) ?? String(value), most);
  } catch {
    return 'something nested too deeply to show';
  }
}
