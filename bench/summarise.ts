import type { ItemResult, SideResult } from './item';
import { median } from './median';

export interface Ratio {
  readonly ours: string;
  readonly peer: string;
  /** Median over the rounds of ours over the peer, both of one round. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Ours against the peer with the smallest median, round by round. */
export function ratioOf({ sides }: Pick<ItemResult, 'sides'>): Ratio {
  const ours = best(sides.filter(({ role }) => role === 'ours'));
  const peer = best(sides.filter(({ role }) => role === 'peer'));
  const ratios = ours.rounds.map((value, round) => value / (peer.rounds[round] ?? NaN));
  return { ours: ours.name, peer: peer.name, value: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) };
}

function best(sides: readonly SideResult[]): SideResult {
  const [first, ...rest] = sides;
  if (first === undefined) throw new RangeError('ratioOf: an item needs a side of ours and a peer');
  return rest.reduce((one, other) => (median(other.rounds) < median(one.rounds) ? other : one), first);
}
