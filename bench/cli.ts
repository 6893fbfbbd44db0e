import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { program, Argument } from 'commander';
import { HypersphereError, writeAtomically } from '@hypersphere/engine';

import type { BenchItem, CurveItem } from './item';
import { ITEMS } from './items';
import { peerPython } from './peers/environment';
import { runProfile } from './profile/run-profile';
import { PROFILE, report, RESULTS } from './report';
import { runAll } from './run-all';
import { runCurve, runItem, scaledItem, type RunOptions } from './run-item';
import { ratioOf } from './summarise';

interface Options {
  readonly rounds: string;
  readonly scale: string;
  readonly reportOnly?: boolean;
}

/** `npm run bench [-- item...]`: measures against the peers in the same run, and writes docs/performance.md. */
async function main(names: readonly string[], { rounds, scale, reportOnly }: Options): Promise<void> {
  const chosen = names.length === 0 ? ITEMS : ITEMS.filter(({ id }) => names.includes(id));
  mkdirSync(RESULTS, { recursive: true });
  const common = { rounds: Number(rounds), log: console.log };
  if (reportOnly !== true && (names.length === 0 || names.includes(PROFILE))) await store(PROFILE, await runProfile(common));
  try {
    if (reportOnly === true || chosen.length === 0) return;
    const options = { ...common, python: await peerPython(console.log) };
    await runAll(chosen, (item) => measure(item, Number(scale), options), console.log);
  } finally {
    // of another scale are other items than those whose results are kept
    if (Number(scale) === 1) {
      await report();
      console.log('Report: docs/performance.md');
    }
  }
}

async function measure(item: BenchItem | CurveItem, scale: number, options: RunOptions): Promise<void> {
  if ('along' in item) return store(item.id, await runCurve(item, options));
  const result = await runItem(scaledItem(item, scale), options);
  if (scale === 1) await store(item.id, result);
  const { value, low, high, peer } = ratioOf(result);
  console.log(`${item.id}: ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}) of ${peer}; target ${item.target}`);
}

const store = (name: string, result: unknown): Promise<void> => writeAtomically(join(RESULTS, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);

program
  .name('npm run bench --')
  .helpOption('-h, --help', 'show this help')
  .addArgument(new Argument('[items...]', 'what to measure; default: all').choices([...ITEMS.map(({ id }) => id), PROFILE]))
  .option('--rounds <n>', 'how often every side runs', '5')
  .option('--scale <share>', 'try the items of evaluation at a share of their size; nothing is stored', '1')
  .option('--report-only', 'write docs/performance.md from the stored results')
  .action((names: string[], options: Options) => main(names, options))
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof HypersphereError ? error.message : error);
    process.exitCode = 1;
  });
