/** Number of decimals without a locale: `-` stays a hyphen-minus in tables, and `-0.0` becomes `0.0`. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** A share 0..1 as percent without the sign: `percent(0.794)` is `79.4`. */
export const percent = (share: number, decimals = 1): string => fixed(100 * share, decimals);

/** With an explicit sign, for gaps: `+1.2`, `-0.4`, `0.0`. */
export function signed(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** How a metric is printed: shares as percent, anything else as it is. */
export interface NumberFormat {
  readonly as: 'percent' | 'number';
  readonly decimals: number;
}

export const formatNumber = (value: number, { as, decimals }: NumberFormat): string => (as === 'percent' ? percent(value, decimals) : fixed(value, decimals));
export const formatGap = (value: number, { as, decimals }: NumberFormat): string => signed(as === 'percent' ? 100 * value : value, decimals);

/** Plural by count: `1 seed`, `10 seeds`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
