/** Deeper nesting than any file of ours has; more would overflow the stack of whoever walks through the value. */
const DEEPEST = 100;

/**
 * JSON from outside: what `JSON.parse` gives, but deep nesting is refused, and so is an object that has a key twice, of which
 * `JSON.parse` would silently keep the last.
 *
 * @throws RangeError that says what is wrong with the text, for the end of a sentence: `is no JSON`
 */
export function parseJson(text: string): unknown {
  const keys = keysWritten(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RangeError('is no JSON'); // what JSON.parse says quotes the text as it is
  }
  if (keysOf(value) !== keys) throw new RangeError('has an object with the same key twice');
  return value;
}

/** Colons outside strings: one a key. */
function keysWritten(text: string): number {
  let [depth, colons] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === ':') colons += 1;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > DEEPEST) throw new RangeError(`is nested deeper than ${DEEPEST} levels`);
  }
  return colons;
}

/** Of the closing quote; behind the text if there is none. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  for (const part of Object.values(value)) keys += keysOf(part);
  return keys;
}
