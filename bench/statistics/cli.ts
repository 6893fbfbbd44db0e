import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedBlock, renderFigure, writeIfChanged } from '@hypersphere/reporting';
import * as tf from '@tensorflow/tfjs';
import { SingleBar } from 'cli-progress';
import { program } from 'commander';

import { classStudies } from './class-studies';
import { crossedStudies } from './crossed-studies';
import { intervalStudies } from './interval-studies';
import { simulationFigure, simulationTables } from './report';
import { simulate, standing, type Share } from './study';
import { verdictStudies } from './verdict-studies';

const DOCS = join(__dirname, '..', '..', 'docs');
const PAGE = join(DOCS, 'statistics.md');

interface Options {
  readonly repeats: string;
  readonly seed: string;
}

/** Simulates all studies, and writes tables and figure of docs/statistics.md. */
async function main(options: Options): Promise<void> {
  const [repeats, seed] = [Number(options.repeats), Number(options.seed)];
  if (!Number.isInteger(repeats) || repeats < 1) throw new RangeError(`--repeats: expected a whole number of 1 or more, got '${options.repeats}'`);
  await tf.setBackend('cpu');
  const studies = [...intervalStudies(), ...crossedStudies(), ...verdictStudies(), ...classStudies({ drawn: 20_000, sets: 200, seed })];
  const bar = new SingleBar({ format: '{bar} {value}/{total} {eta_formatted} {study}', noTTYOutput: true });
  bar.start(studies.length, 0, { study: '' });
  const shares = studies.flatMap((study): Share[] => {
    bar.update({ study: `${study.data}, ${study.n} ${study.of}` });
    const found = simulate(study, { repeats, seed });
    bar.increment();
    return found;
  });
  bar.stop();
  await renderFigure(simulationFigure(shares), join(DOCS, 'statistics', 'simulation'));
  const note = `Made with ${repeats} repeats (the dearer data fewer: see trials) and seed ${seed}.`;
  await writeIfChanged(PAGE, generatedBlock(await readFile(PAGE, 'utf8'), 'simulation', `${note}\n\n${simulationTables(shares)}`));
  const outside = shares.filter((share) => standing(share) === 'OUTSIDE');
  outside.forEach(({ what, data, n, of, share }) => console.error(`outside: ${what}, ${data}, ${n} ${of}: ${(100 * share).toFixed(1)} %`));
  process.exitCode = outside.length > 0 ? 1 : 0;
}

program
  .name('node -r ./tools/register.cjs bench/statistics/cli.ts')
  .option('--repeats <n>', 'trials of the cheap studies; the dear ones run a fixed fraction of them', '10000')
  .option('--seed <n>', 'seed of the simulated data', '1')
  .action(main)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
