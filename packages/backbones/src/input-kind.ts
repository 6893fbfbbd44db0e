import type { FeatureSize, ImageSize, InputSize, TokenSize } from './network';

/** The sizes that each kind of input has. */
const SIDES = { image: ['height', 'width', 'channels'], features: ['features'], tokens: ['tokens'] } as const;

export type InputKind = keyof typeof SIDES;
export type InputOf<K extends InputKind> = { image: ImageSize; features: FeatureSize; tokens: TokenSize }[K];

/** @throws RangeError if the input is of another kind than a backbone takes, or a size is no positive integer */
export function checkedInput(backbone: string, kind: InputKind, input: InputSize): void {
  const [got, wanted] = [Object.keys(input), SIDES[kind]];
  if (got.length !== wanted.length || wanted.some((side) => !got.includes(side))) {
    throw new RangeError(`${backbone}: takes an input with ${wanted.join(', ')}; got ${got.join(', ')}`);
  }
  for (const [side, size] of Object.entries(input) as [string, number][]) {
    if (Number.isInteger(size) && size > 0) continue;
    throw new RangeError(`${backbone}: input ${side} must be a positive integer, got ${String(size)}`);
  }
}
