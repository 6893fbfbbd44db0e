import { labelOf, variantStyle, type FigureVariant, type VariantStyle } from '../variant-style';

/** Dash patterns that tell variants of one colour apart, in the order they come. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [9, 3, 2, 3]];

export interface LineStyles {
  readonly of: (variant: FigureVariant) => VariantStyle;
  /** Vega-Lite colour channel on the field `variant`, without a legend. */
  readonly color: Readonly<Record<string, unknown>>;
  readonly strokeDash: Readonly<Record<string, unknown>>;
}

/** Styles of the variants of one figure: each keeps its own colour; equal ones differ by dashes. */
export function lineStyles(variants: readonly FigureVariant[]): LineStyles {
  const styles = new Map<string, VariantStyle>();
  for (const variant of variants) {
    if (styles.has(labelOf(variant))) continue;
    const own = variantStyle(variant);
    const taken = [...styles.values()].filter((s) => s.colour === own.colour).map(({ dash }) => String(dash));
    const free = [own.dash, ...DASHES].find((dash) => !taken.includes(String(dash)));
    styles.set(labelOf(variant), { ...own, dash: free ?? DASHES[taken.length % DASHES.length] ?? [] });
  }
  const domain = [...styles.keys()];
  const channel = (range: readonly unknown[]): Readonly<Record<string, unknown>> => ({ field: 'variant', type: 'nominal', scale: { domain, range }, legend: null });
  return {
    of: (variant) => styles.get(labelOf(variant)) ?? variantStyle(variant),
    color: channel(domain.map((d) => styles.get(d)?.colour)),
    strokeDash: channel(domain.map((d) => [...(styles.get(d)?.dash ?? [])])),
  };
}
