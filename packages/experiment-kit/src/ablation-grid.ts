import { HypersphereError } from '@hypersphere/engine';

import type { JsonValue } from './define-experiment';
import { nearest } from './nearest';
import { resolveRunConfig } from './resolve-run-config';
import type { RunConfig } from './run-config';

export interface GridPoint {
  /** `loss.margin=0.2 loss.scale=16`. */
  readonly label: string;
  /** The same with the last part of each path, where that is enough: `margin=0.2 scale=16`. */
  readonly shortLabel: string;
  readonly values: Readonly<Record<string, JsonValue>>;
  readonly config: RunConfig;
}

/**
 * Every combination of the varied values, on top of a resolved config; with `schedule.classBalance`, the batch size follows.
 *
 * @param vary path of a config value to the values it takes, e.g. `{ 'loss.margin': [0.2, 0.35] }`
 * @throws HypersphereError (usage) if a path does not exist or a value is out of its range
 */
export function ablationGrid(from: RunConfig, vary: Readonly<Record<string, readonly JsonValue[]>>): GridPoint[] {
  const combinations = Object.entries(vary).reduce<Record<string, JsonValue>[]>(
    (points, [path, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [path]: value }))),
    [{}],
  );
  const names = shortNames(Object.keys(vary));
  return combinations.map((values) => {
    const label = Object.entries(values).map(([path, value]) => `${path}=${value}`).join(' ');
    const config = batchFollowed(Object.entries(values).reduce((before, [path, value]) => replaced(before, path, value), from), Object.keys(values));
    const shortLabel = Object.entries(values).map(([path, value]) => `${names.get(path) ?? path}=${value}`).join(' ');
    return { label, shortLabel, values, config: resolveRunConfig(config, label) };
  });
}

/** The last part of each path, unless two paths end alike. */
function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const last = paths.map((path) => path.split('.').at(-1) ?? path);
  return new Map(paths.map((path, at) => [path, new Set(last).size === last.length ? (last[at] ?? path) : path]));
}

/** The size of a batch is that of its classes and images of each, unless it is varied itself. */
function batchFollowed(config: RunConfig, varied: readonly string[]): RunConfig {
  const { classBalance } = config.schedule;
  if (classBalance === undefined || varied.includes('schedule.batchSize') || !varied.some((path) => path.startsWith('schedule.classBalance.'))) return config;
  return { ...config, schedule: { ...config.schedule, batchSize: classBalance.classesPerBatch * classBalance.imagesPerClass } };
}

function replaced(config: RunConfig, path: string, value: JsonValue): RunConfig {
  return replaceAt(config as unknown as Tree, path.split('.'), value, path) as unknown as RunConfig;
}

type Tree = { readonly [key: string]: unknown };

function replaceAt(tree: Tree, [key = '', ...rest]: readonly string[], value: JsonValue, path: string): Tree {
  const known = Object.keys(tree).filter((one) => one !== 'name');
  if (!Object.hasOwn(tree, key)) throw usage(path, `unknown option ${nearest(key, known)}`);
  const inner = tree[key];
  const isBranch = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  if (isBranch && rest.length === 0) throw usage(path, `expected one of its options: ${Object.keys(inner).filter((one) => one !== 'name').map((one) => `${path}.${one}`).join(', ')}`);
  if (!isBranch && rest.length > 0) throw usage(path, `${key} is one value and has no option '${rest.join('.')}'`);
  return { ...tree, [key]: isBranch ? replaceAt(inner as Tree, rest, value, path) : value };
}

const usage = (path: string, message: string): HypersphereError => new HypersphereError(`--vary ${path}: ${message}`, { exitCode: 2 });
