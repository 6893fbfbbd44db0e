const LINE = 120;

/**
 * JSON with one short object or array a line, so that a figure's data can be read and compared line by line.
 * Numbers are rounded to seven significant digits; keys keep their order; ends with a newline.
 */
export function readableJson(value: unknown): string {
  const rounded: unknown = JSON.parse(JSON.stringify(value, (_key, v: unknown) => (typeof v === 'number' && Number.isFinite(v) ? roundedNumber(v) : v)));
  return `${layOut(rounded, '')}\n`;
}

/** Seven significant digits: single precision holds no more. */
export const roundedNumber = (value: number): number => Number(value.toPrecision(7));

function layOut(value: unknown, indent: string): string {
  const short = JSON.stringify(value);
  if (short.length + indent.length <= LINE || value === null || typeof value !== 'object') return short;
  const inner = `${indent} `;
  if (Array.isArray(value)) return `[\n${value.map((v) => inner + layOut(v, inner)).join(',\n')}\n${indent}]`;
  const entries = Object.entries(value).map(([key, v]) => `${inner}${JSON.stringify(key)}: ${layOut(v, inner)}`);
  return `{\n${entries.join(',\n')}\n${indent}}`;
}
