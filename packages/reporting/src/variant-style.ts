import { INK, OKABE_ITO } from './theme';

/** A variant as a figure names it. Its colour follows from `name` and `family` alone, so it is the same in every figure. */
export interface FigureVariant {
  /** Name in the experiment, e.g. `m=0.35`. */
  readonly name: string;
  /** What the figure prints; the name if left out. */
  readonly label?: string;
  /** Name of the loss, e.g. `cosface`; found in the name if left out. */
  readonly family?: string;
}

export interface VariantStyle {
  readonly colour: string;
  /** Dash pattern in pixels; empty for a solid line. */
  readonly dash: readonly number[];
}

interface Family extends VariantStyle {
  /** Margin drawn in the family's own colour, and how far a margin must lie from it for the palest or darkest shade. */
  readonly margin?: { readonly usual: number; readonly reach: number };
}

const solid = (colour: string, usual?: number, reach = 1): Family => ({ colour, dash: [], ...(usual === undefined ? {} : { margin: { usual, reach } }) });
const dashed = (colour: string): Family => ({ colour, dash: [6, 3] });

/** Looked for in this order: a name that holds another stands before it. */
const families: Readonly<Record<string, Family>> = {
  unpg: solid('#A11D5B'), // before its hosts
  'multi-similarity': solid(OKABE_ITO.purple),
  'cross-entropy': solid('#6B6B6B'),
  'ranked-list': solid('#8A5A00'),
  'group-loss': solid('#00604A'),
  'nbc-softmax': solid('#7A3B69'),
  'normalised-softmax': solid(OKABE_ITO.sky),
  'a-softmax': solid(OKABE_ITO.green, 4, 3),
  contrastive: dashed(OKABE_ITO.orange),
  sphereface: solid(OKABE_ITO.green, 4, 3),
  normface: solid(OKABE_ITO.sky),
  cosface: solid(OKABE_ITO.blue, 0.35, 0.35),
  arcface: solid(OKABE_ITO.vermillion, 0.5, 0.5),
  magface: dashed(OKABE_ITO.vermillion),
  triplet: solid(OKABE_ITO.orange),
  centre: dashed('#8A5A00'),
  center: dashed('#8A5A00'),
  simclr: dashed('#332288'),
  supcon: solid('#332288'),
  softmax: solid('#6B6B6B'),
  margin: dashed(OKABE_ITO.purple),
  nbc: solid('#7A3B69'),
};

/** Colours of families that no list names, chosen by the letters of the name. */
const others = ['#C026D3', '#4D7C0F', '#5B5FC7', '#B45309', '#0F766E', '#86198F', '#9A3412', '#155E75'] as const;

/**
 * Line style of a variant: the family's colour, paler below its usual margin and darker above.
 *
 * @returns colour as `#RRGGBB` and dash pattern
 */
export function variantStyle({ name, family }: FigureVariant): VariantStyle {
  const known = familyOf(family ?? name);
  if (known === undefined) return { colour: others[letterSum(family ?? name) % others.length] ?? INK.text, dash: [] };
  const margin = /(?:^|[^\w.])m(?:argin)?\s*=?\s*(-?\d+(?:\.\d+)?)/i.exec(name)?.[1];
  if (known.margin === undefined || margin === undefined) return { colour: known.colour, dash: known.dash };
  const distance = (Number(margin) - known.margin.usual) / known.margin.reach;
  return { colour: shade(known.colour, Math.max(-1, Math.min(1, distance))), dash: known.dash };
}

export const labelOf = (variant: FigureVariant): string => variant.label ?? variant.name;

function familyOf(name: string): Family | undefined {
  const plain = name.toLowerCase().replace(/[\s_]+/g, '-');
  const key = Object.keys(families).find((k) => plain.includes(k) || plain.includes(k.replaceAll('-', '')));
  return key === undefined ? undefined : families[key];
}

/** Mixes with white (level < 0, up to 60 %) or black (level > 0, up to 45 %). */
function shade(colour: string, level: number): string {
  const share = level < 0 ? -level * 0.6 : level * 0.45;
  const toward = level < 0 ? 255 : 0;
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `#${channels.map((c) => Math.round(c + (toward - c) * share).toString(16).padStart(2, '0').toUpperCase()).join('')}`;
}

const letterSum = (name: string): number => [...name].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) % 65_521, 7);
