import type { LayerList } from '../layer-list';
import type { convNorm } from './conv-norm';

/** One branch behind a 1x1 reduction: filters of the reduction, then of each 3x3 convolution. */
export type Branch = readonly [reduce: number, ...filters: number[]];

export interface InceptionShape {
  /** Filters of the 1x1 branch; 0 leaves it out. */
  readonly single: number;
  readonly branches: readonly Branch[];
  readonly pool: 'average' | 'max';
  /** Filters of the 1x1 convolution behind the pool; 0 leaves it out. */
  readonly projection: number;
  /** Of the last 3x3 convolution of each branch and of the pool. */
  readonly stride: 1 | 2;
}

/**
 * Inception block: branches side by side, in the order 1x1, 3x3 branches, pool. With stride 2 the pool drops no
 * pixel at the edge. Layers are `name.single`, `name.branch1.reduce`, `name.branch1.conv1`, `name.pool`,
 * `name.projection`; the block itself is `name`.
 */
export function inceptionBlock(list: LayerList, { rectified }: ReturnType<typeof convNorm>, scale: (filters: number) => number) {
  const one = (name: string, from: string, filters: number): string =>
    rectified(name, from, { filters: scale(filters), kernel: 1, stride: 1 });
  const branch = (name: string, from: string, [reduce, ...filters]: Branch, stride: 1 | 2): string =>
    filters.reduce((x, count, at) => {
      const last = at === filters.length - 1;
      return rectified(`${name}.conv${at + 1}`, x, { filters: scale(count), kernel: 3, stride: last ? stride : 1 });
    }, one(`${name}.reduce`, from, reduce));
  const pooled = (name: string, from: string, { pool, stride }: InceptionShape): string => {
    const windows = stride === 2 ? ({ size: 3, stride: 2, rounding: 'up' } as const) : { size: 3, stride: 1, padding: 1 };
    return list.append({ kind: pool === 'average' ? 'averagePool' : 'maxPool', name: `${name}.pool`, inputs: [from], ...windows });
  };
  return (name: string, from: string, shape: InceptionShape): string => {
    const single = shape.single === 0 ? [] : [one(`${name}.single`, from, shape.single)];
    const branches = shape.branches.map((each, at) => branch(`${name}.branch${at + 1}`, from, each, shape.stride));
    const pool = pooled(name, from, shape);
    const end = shape.projection === 0 ? pool : one(`${name}.projection`, pool, shape.projection);
    return list.append({ kind: 'concat', name, inputs: [...single, ...branches, end] });
  };
}
