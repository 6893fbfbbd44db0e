import { textWidth } from '../fonts/text-width';
import { INK, PAGE } from '../theme';
import type { Layer } from './layer';

export interface EndLabel {
  readonly text: string;
  readonly colour: string;
  readonly dash?: readonly number[];
  /** Pixels from the top of the panel, where the line ends. */
  readonly at: number;
}

const GAP = 15;

/**
 * Moves labels apart, as little as needed, so that neighbours stand `gap` pixels apart; keeps their order.
 *
 * @param wanted positions in pixels, any order
 * @returns positions in the order given
 */
export function spreadApart(wanted: readonly number[], gap: number): number[] {
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at || a.i - b.i);
  const blocks: { sum: number; members: number[] }[] = []; // `sum` of wanted - offset within the block
  const start = (b: { sum: number; members: number[] }): number => b.sum / b.members.length;
  for (const { at, i } of order) {
    blocks.push({ sum: at, members: [i] });
    for (let last = blocks.at(-1), before = blocks.at(-2); last !== undefined && before !== undefined; last = blocks.at(-1), before = blocks.at(-2)) {
      if (start(before) + before.members.length * gap <= start(last)) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum - last.members.length * before.members.length * gap, members: [...before.members, ...last.members] });
    }
  }
  const places = new Array<number>(wanted.length).fill(0);
  for (const block of blocks) block.members.forEach((i, k) => (places[i] = start(block) + k * gap));
  return places;
}

/** Pixels that the labels need right of the panel. */
export const endLabelRoom = (texts: readonly string[]): number => (texts.length === 0 ? 0 : 16 + Math.max(...texts.map((t) => textWidth(t, PAGE.label, 600))));

/** Names at the ends of lines, in the colour of the line, moved apart where they would touch. */
export function endLabels(labels: readonly EndLabel[], width: number): Layer[] {
  const places = spreadApart(labels.map((l) => l.at), GAP);
  return labels.flatMap((label, i) => {
    const y = places[i] ?? label.at;
    const leader = Math.abs(y - label.at) > 4 ? [ruleAt([width + 2, label.at], [width + 10, y], INK.faint)] : [];
    return [...leader, textAt(label.text, [width + 12, y], { color: label.colour, fontWeight: 600 })];
  });
}

/** Names in a list beside the panel, in the order given, each with a piece of its line. */
export function keyLabels(labels: readonly EndLabel[], width: number, heading?: string): Layer[] {
  const head = heading === undefined ? [] : [textAt(heading, [width + 14, 8], { color: INK.soft })];
  const keys = labels.flatMap((label, i) => {
    const y = 10 + 20 * (i + head.length);
    return [ruleAt([width + 14, y], [width + 36, y], label.colour, { strokeWidth: 2.5, strokeDash: [...(label.dash ?? [])] }), textAt(label.text, [width + 44, y])];
  });
  return [...head, ...keys];
}

export const keyRoom = (texts: readonly string[]): number => 32 + endLabelRoom(texts);

/** A text at a pixel of the panel. */
export function textAt(text: string, [x, y]: readonly [number, number], style: object = {}): Layer {
  return { data: { values: [{}] }, mark: { type: 'text', align: 'left', baseline: 'middle', text, ...style }, encoding: { x: { value: x }, y: { value: y } } };
}

function ruleAt([x, y]: readonly [number, number], [x2, y2]: readonly [number, number], color: string, style: object = {}): Layer {
  return { data: { values: [{}] }, mark: { type: 'rule', color, ...style }, encoding: { x: { value: x }, y: { value: y }, x2: { value: x2 }, y2: { value: y2 } } };
}
