import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { program, Argument } from 'commander';
import { HypersphereError, writeAtomically } from '@hypersphere/engine';

import { manyClasses } from './classes/item';
import type { BenchItem, CurveItem } from './item';
import { lossGradients } from './losses/item';
import { peerPython } from './peers/environment';
import { report, RESULTS } from './report';
import { runCurve, runItem } from './run-item';
import { ratioOf } from './summarise';
import { threads } from './threads/item';
import { trainingSteps } from './training-step/item';

const ITEMS: readonly (BenchItem | CurveItem)[] = [...trainingSteps, ...lossGradients, ...threads, ...manyClasses];

/** `npm run bench [-- item...]`: measures against the peers in the same run, and writes docs/performance.md. */
async function main(names: readonly string[], { rounds, reportOnly }: { rounds: string; reportOnly?: boolean }): Promise<void> {
  const chosen = names.length === 0 ? ITEMS : ITEMS.filter(({ id }) => names.includes(id));
  mkdirSync(RESULTS, { recursive: true });
  if (reportOnly !== true) {
    const python = await peerPython(console.log);
    for (const item of chosen) {
      if ('along' in item) {
        const curve = await runCurve(item, { rounds: Number(rounds), python, log: console.log });
        await writeAtomically(join(RESULTS, `${item.id}.json`), `${JSON.stringify(curve, null, 2)}\n`);
        continue;
      }
      const result = await runItem(item, { rounds: Number(rounds), python, log: console.log });
      await writeAtomically(join(RESULTS, `${item.id}.json`), `${JSON.stringify(result, null, 2)}\n`);
      const { value, low, high, peer } = ratioOf(result);
      console.log(`${item.id}: ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}) of ${peer}; target ${item.target}`);
    }
  }
  await report();
  console.log('Report: docs/performance.md');
}

program
  .name('npm run bench --')
  .helpOption('-h, --help', 'show this help')
  .addArgument(new Argument('[items...]', 'what to measure; default: all').choices(ITEMS.map(({ id }) => id)))
  .option('--rounds <n>', 'how often every side runs', '5')
  .option('--report-only', 'write docs/performance.md from the stored results')
  .action((names: string[], options: { rounds: string; reportOnly?: boolean }) => main(names, options))
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof HypersphereError ? error.message : error);
    process.exitCode = 1;
  });
