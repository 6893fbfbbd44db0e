import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { program, Argument } from 'commander';
import { HypersphereError, writeAtomically } from '@hypersphere/engine';

import { manyClasses } from './classes/item';
import { evaluations } from './evaluation/item';
import { input } from './input/item';
import type { BenchItem, CurveItem } from './item';
import { lossGradients } from './losses/item';
import { peerPython } from './peers/environment';
import { runProfile } from './profile/run-profile';
import { PROFILE, report, RESULTS } from './report';
import { runCurve, runItem, scaledItem } from './run-item';
import { ratioOf } from './summarise';
import { threads } from './threads/item';
import { trainingSteps } from './training-step/item';

const ITEMS: readonly (BenchItem | CurveItem)[] = [...trainingSteps, ...lossGradients, ...evaluations, ...input, ...threads, ...manyClasses];

interface Options {
  readonly rounds: string;
  readonly scale: string;
  readonly reportOnly?: boolean;
}

/** `npm run bench [-- item...]`: measures against the peers in the same run, and writes docs/performance.md. */
async function main(names: readonly string[], { rounds, scale, reportOnly }: Options): Promise<void> {
  const chosen = names.length === 0 ? ITEMS : ITEMS.filter(({ id }) => names.includes(id));
  mkdirSync(RESULTS, { recursive: true });
  if (reportOnly !== true && (names.length === 0 || names.includes(PROFILE))) {
    const profile = await runProfile({ rounds: Number(rounds), log: console.log });
    await writeAtomically(join(RESULTS, `${PROFILE}.json`), `${JSON.stringify(profile, null, 2)}\n`);
  }
  if (reportOnly !== true && chosen.length > 0) {
    const python = await peerPython(console.log);
    for (const item of chosen) {
      if ('along' in item) {
        const curve = await runCurve(item, { rounds: Number(rounds), python, log: console.log });
        await writeAtomically(join(RESULTS, `${item.id}.json`), `${JSON.stringify(curve, null, 2)}\n`);
        continue;
      }
      const result = await runItem(scaledItem(item, Number(scale)), { rounds: Number(rounds), python, log: console.log });
      if (Number(scale) === 1) await writeAtomically(join(RESULTS, `${item.id}.json`), `${JSON.stringify(result, null, 2)}\n`);
      const { value, low, high, peer } = ratioOf(result);
      console.log(`${item.id}: ${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}) of ${peer}; target ${item.target}`);
    }
  }
  if (Number(scale) !== 1) return; // another item than the one whose results are kept
  await report();
  console.log('Report: docs/performance.md');
}

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
