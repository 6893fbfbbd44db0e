import { print } from './print';
import type { Measure } from './run-record';

/** One metric a line, with its interval. */
export function printMetrics(metrics: Readonly<Record<string, Measure>>): void {
  for (const [name, { value, low, high }] of Object.entries(metrics)) {
    print(`${name.padEnd(44)} ${value.toFixed(4)}${low === undefined || high === undefined ? '' : `  [${low.toFixed(4)}, ${high.toFixed(4)}]`}`);
  }
}
