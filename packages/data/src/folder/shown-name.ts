/**
 * A name that a user's file system gave, fit for a message: quoted, what could steer a terminal or turn text around escaped.
 *
 * @param name a file, class or set
 */
export const shownName = (name: string): string =>
  `"${name.replace(/["\\]|[\p{C}\u2028\u2029]/gu, (sign) => (/["\\]/.test(sign) ? `\\${sign}` : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`))}"`;

const shownAtMost = 10;

/** Names for a message, the first ten of them. */
export const shownNames = (names: readonly string[]): string =>
  [...names.slice(0, shownAtMost).map(shownName), ...(names.length > shownAtMost ? [`${names.length - shownAtMost} more`] : [])].join(', ');
