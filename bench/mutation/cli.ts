import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from 'commander';
import { HypersphereError, writeAtomically } from '@hypersphere/engine';

import { chosenMutants } from './chosen-mutants';
import { report, type MutationResult, type Verdict } from './report';
import { placeOf, ROOT, runMutant } from './run-mutant';

const RESULTS = join(__dirname, 'results.json');

interface Options {
  readonly perFile: string;
  readonly seed: string;
  readonly jobs: string;
  readonly only?: string;
  readonly reportOnly?: boolean;
}

/** `npm run mutate`: changes places of the losses and of the evaluation one at a time, and sees whether tests turn red. */
async function main({ perFile, seed, jobs, only, reportOnly }: Options): Promise<void> {
  const settings = { perFile: Number(perFile), seed: Number(seed) };
  const mutants = chosenMutants({ ...settings, ...(only !== undefined && { only }) }).map((mutant) => ({ ...mutant, digest: digestOf(mutant.file) }));
  const known = new Map(stored().verdicts.map((one) => [keyOf(one), one]));
  const found = (): Verdict[] => mutants.flatMap((mutant) => known.get(keyOf(mutant)) ?? []);
  const missing = reportOnly === true ? [] : mutants.filter((mutant) => !known.has(keyOf(mutant)));
  console.log(`${mutants.length} mutants, ${missing.length} to try, ${jobs} at a time. Ctrl-C stops; the same command continues.`);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const queue = missing.values();
  const work = async (): Promise<void> => {
    for (const mutant of queue) {
      const fate = await runMutant(mutant.file, mutant, stop);
      known.set(keyOf(mutant), { ...mutant, fate });
      console.log(`[${found().length}/${mutants.length}] ${placeOf(mutant)} ${mutant.mutator}: ${fate}`);
      if (only === undefined) await writeAtomically(RESULTS, `${JSON.stringify({ ...settings, verdicts: found() }, null, 1)}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(jobs) }, work)).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  if (only === undefined && found().length === mutants.length) await report({ ...settings, verdicts: found() });
  for (const { file, line, from, to } of found().filter(({ fate }) => fate === 'survived')) console.log(`survived: ${file}:${line} ${from} -> ${to}`);
}

const stored = (): MutationResult => (existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as MutationResult) : { perFile: 0, seed: 0, verdicts: [] });
const keyOf = ({ file, digest, start, end, to }: Omit<Verdict, 'fate'>): string => [file, digest, start, end, to].join('\0');
const digestOf = (file: string): string => createHash('sha256').update(readFileSync(join(ROOT, file))).digest('hex').slice(0, 16);

program
  .name('npm run mutate --')
  .helpOption('-h, --help', 'show this help')
  .option('--per-file <n>', 'places changed in each file', '2')
  .option('--seed <n>', 'of the draw', '0')
  .option('--jobs <n>', 'how many at a time', '2')
  .option('--only <text>', 'files whose path holds this; nothing is stored')
  .option('--report-only', 'write docs/mutation-tests.md from what is stored')
  .action((options: Options) => main(options))
  .parseAsync()
  .catch((error: unknown) => {
    console.error(error instanceof HypersphereError ? error.message : error);
    process.exitCode = 1;
  });
