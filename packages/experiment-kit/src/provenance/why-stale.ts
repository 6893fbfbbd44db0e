import { TRAINING_VERSION } from '@hypersphere/training';

import { canonicalJson } from '../canonical-json';
import type { RunConfig } from '../run-config';
import type { RunRecord } from '../run-record';

/** What of a stored run is no longer the plan's: paths of the config with both values, the manifest of the data, the training version. */
export function whyStale({ config, manifestDigest, trainingVersion }: RunRecord, planned: { readonly config: RunConfig; readonly manifestDigest: string }): string[] {
  return [
    ...differences(config, planned.config),
    ...(manifestDigest === planned.manifestDigest ? [] : [`data manifest ${manifestDigest.slice(0, 12)}, now ${planned.manifestDigest.slice(0, 12)}`]),
    ...(trainingVersion === TRAINING_VERSION ? [] : [`training version ${trainingVersion}, now ${TRAINING_VERSION}`]),
  ];
}

function differences(before: unknown, now: unknown, path: readonly string[] = []): string[] {
  if (canonicalJson([before]) === canonicalJson([now])) return [];
  if (isTree(before) && isTree(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => differences(before[key], now[key], [...path, key]));
  }
  return [`${path.join('.')} ${words(before)}, now ${words(now)}`];
}

const words = (value: unknown): string => (value === undefined ? 'absent' : canonicalJson(value));
const isTree = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
