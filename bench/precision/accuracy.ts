import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { program } from 'commander';
import { cacheFolder, processor, writeAtomically } from '@hypersphere/engine';
import { tInterval } from '@hypersphere/evaluation';
import { identify, loadExperiment, openRunStore, planExperiment, progressView, trainRuns, type PlannedRun, type ProfileName } from '@hypersphere/experiment-kit';

import { ACCURACY, type AccuracyResult } from './accuracy-section';

const VARIANTS = [['cosface', 'm=0.35'], ['arcface', 'm=0.5']] as const;
const METRICS = ['verification.accuracy', 'identification.rank1', 'retrieval.mapAtR'] as const;
/** Runs of the measurement, apart from those of the papers. */
const results = cacheFolder('bench', 'precision');

interface Options {
  readonly profile: ProfileName;
  readonly seeds: string;
  readonly jobs: string;
}

type Precision = 'float32' | 'bfloat16';

/** Trains variants of two experiments in both precisions with the same seeds, and writes how far their metrics are apart. */
async function main({ profile, seeds, jobs }: Options): Promise<void> {
  const planned = (precision: Precision, [paper, variant]: (typeof VARIANTS)[number]): PlannedRun[] =>
    planExperiment(loadExperiment(paper).experiment, { profile, only: [variant], seeds: Array.from({ length: Number(seeds) }, (_, seed) => seed) }).map((run) => {
      const config = { ...run.config, execution: { ...run.config.execution, precision } };
      return { ...run, ...identify(config, run.seed), config };
    });
  const all = VARIANTS.flatMap((of) => [...planned('float32', of), ...planned('bfloat16', of)]);
  const missing = all.filter((run) => recordOf(run, profile) === undefined);
  const view = progressView(missing.length, console.log, false);
  await trainRuns(missing, { profile, results, jobs: Number(jobs), fresh: false, view, signal: new AbortController().signal }).finally(() => view.stop());
  const { model, instructionSets } = processor();
  const rows = VARIANTS.flatMap((of) => METRICS.map((metric) => ({ experiment: of.join(' '), metric, ...difference(planned('float32', of), planned('bfloat16', of), { metric, profile }) })));
  const result: AccuracyResult = { profile, machine: [model, ...instructionSets].join(' '), rows };
  mkdirSync(dirname(ACCURACY), { recursive: true });
  await writeAtomically(ACCURACY, `${JSON.stringify(result, null, 2)}\n`);
  console.log(rows.map((row) => JSON.stringify(row)).join('\n'));
}

const recordOf = ({ id, uses }: PlannedRun, profile: string) => openRunStore(uses[0]?.paper ?? '', profile, results).find(id);

/** Seed by seed: bfloat16 less float32. */
function difference(exact: readonly PlannedRun[], lowered: readonly PlannedRun[], { metric, profile }: { metric: string; profile: string }) {
  const valueOf = (run: PlannedRun | undefined): number => {
    const value = run === undefined ? undefined : recordOf(run, profile)?.metrics[metric]?.value;
    if (run === undefined || value === undefined) throw new RangeError(`precision: ${metric} is missing of run ${run?.id ?? '?'}, seed ${run?.seed ?? '?'}`);
    return value;
  };
  const gaps = exact.map((run, at) => valueOf(lowered[at]) - valueOf(run));
  const { mean, low, high, n } = tInterval(gaps);
  return { float32: tInterval(exact.map(valueOf)).mean, gap: mean, low, high, n };
}

program
  .name('node -r ./tools/register.cjs bench/precision/accuracy.ts')
  .option('--profile <name>', 'profile of the runs', 'quick')
  .option('--seeds <n>', 'how many seeds', '5')
  .option('--jobs <n>', 'runs at a time', String(availableParallelism()))
  .action(main)
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
