import { CommanderError, program } from 'commander';
import { HypersphereError } from '@hypersphere/engine';

import { ablate } from './commands/ablate';
import { evaluate } from './commands/evaluate';
import { explain as explainNumber } from './commands/explain';
import { report } from './commands/report';
import { reproduce } from './commands/reproduce';
import { train } from './commands/train';
import { verify } from './commands/verify';
import { describeError, isFileError } from './describe-error';
import { INTERRUPTED } from './interruption';
import { plainLines } from './print';
import { atLeastOne, configPath, experimentArgument, imageSizeOption, jobsOption, onlyOption, ownDataOption, precisionOption, profileOption, seedsOption, wholeNumber } from './cli-options';

/**
 * The command line behind the Nx targets. Nx keeps `--help` for itself, so help is `-h`.
 * Exit codes: 0 done, 1 something failed (named), 2 wrong usage, 130 interrupted.
 */
async function main(): Promise<number> {
  program.name('hypersphere').helpOption('-h', 'show this help').configureHelp({ showGlobalOptions: false });
  program.exitOverride().showHelpAfterError('Help: npx nx run <experiment>:<target> -h');
  let code = 0;
  const ends = (action: (...args: never[]) => Promise<number>) => async (...args: unknown[]) => {
    code = await action(...(args as never[]));
  };
  const command = (name: string, says: string) => program.command(name).description(says).helpOption('-h', 'show this help').addArgument(experimentArgument());

  command('reproduce', 'train what the run store lacks, evaluate, write tables, figures and claims')
    .option('--all', 'every experiment')
    .addOption(profileOption())
    .addOption(seedsOption())
    .addOption(onlyOption())
    .addOption(jobsOption())
    .option('--dry-run', 'print the plan with an estimate of time, download and disk; train nothing')
    .option('--fresh', 'train again what is stored already')
    .addOption(ownDataOption())
    .addOption(imageSizeOption())
    .action(ends(reproduce));

  for (const name of ['report', 'table', 'figure']) {
    command(name, 'write tables, figures and claims from the stored runs; no training, no TensorFlow')
      .option('--all', 'every experiment')
      .addOption(profileOption())
      .option('--data <folder:PATH>', 'of the runs on images of your own')
      .option('--image-size <HxWxC>', 'what they were fitted to')
      .action(ends(report));
  }

  command('ablate', 'run a declared study or a grid of your own, with its own table and figure')
    .option('--all', 'every experiment that has the study')
    .option('--study <name>', 'a study that the experiment declares')
    .option('--vary <path=values>', 'e.g. loss.margin=0.2,0.35,0.5; several give a grid', configPath, [])
    .option('--from <variant>', 'the variant whose config is varied (with --vary)')
    .option('--metric <name>', 'the metric of the table and the figure (with --vary)')
    .addOption(profileOption())
    .addOption(seedsOption())
    .addOption(jobsOption())
    .option('--dry-run', 'print the plan; train nothing')
    .option('--fresh', 'train again what is stored already')
    .addOption(ownDataOption())
    .addOption(imageSizeOption())
    .action(ends(ablate));

  command('train', 'train one variant with one seed')
    .requiredOption('--variant <name>', 'the variant')
    .option('--seed <n>', 'the seed', wholeNumber, 0)
    .addOption(profileOption())
    .option('--fresh', 'train again although it is stored')
    .option('--eager', 'run each step op by op, not as one graph: slower, for debugging; a run of its own')
    .addOption(precisionOption())
    .option('--xla', 'compile the recorded step with XLA; a run of its own')
    .option('--weights <file>', "start the backbone from a safetensors file with PyTorch's names (torchvision); a run of its own")
    .option('--export <folder>', 'save the trained backbone as a tfjs layers model (model.json and weights)')
    .addOption(ownDataOption())
    .addOption(imageSizeOption())
    .action(ends(train));

  command('evaluate', 'evaluate one checkpoint on one data set')
    .requiredOption('--variant <name>', 'the variant that was trained')
    .option('--seed <n>', 'the seed that it was trained with', wholeNumber, 0)
    .addOption(profileOption())
    .option('--data <name>', 'a data set instead of the one it was trained on, or folder:PATH')
    .option('--trained-on <folder:PATH>', 'the own images that it was trained on')
    .option('--split <name>', 'test or validation', 'test')
    .action(ends(evaluate));

  command('explain', 'from a cell of a table, a claim or a figure to the runs behind it, and back; no TensorFlow')
    .option('--all', 'list what there is in every experiment; with --run, look for it in all')
    .option('--cell <address>', 'TABLE/ROW/COLUMN as printed under each table, claims/CLAIM or figures/FIGURE; without it, a list')
    .option('--run <id>', 'a stored run: what it was, and every cell, claim and figure that uses it')
    .option('--vary <path=values>', 'the grid of an ablation by hand, whose cells are meant', configPath, [])
    .option('--from <variant>', 'the variant whose config was varied (with --vary)')
    .option('--metric <name>', 'the metric of its table (with --vary)')
    .addOption(profileOption())
    .addOption(seedsOption())
    .option('--json', 'everything, for programs')
    .option('--data <folder:PATH>', 'of the runs on images of your own')
    .option('--image-size <HxWxC>', 'what they were fitted to')
    .action(ends(explainNumber));

  command('verify', 'train a random sample of the stored runs again, apart from the store, and compare every number')
    .option('--all', 'runs of every experiment')
    .addOption(profileOption())
    .option('--search', 'of the runs of searches instead')
    .addOption(atLeastOne('--runs <n>', 'how many').default(3))
    .option('--seed <n>', 'of the draw', wholeNumber, 0)
    .option('--run <id>', 'this run instead of a draw')
    .addOption(jobsOption())
    .addOption(atLeastOne('--threads <n>', 'with another number of threads than the runs had: then equal within the tolerance only'))
    .addOption(ownDataOption())
    .addOption(imageSizeOption())
    .action(ends(verify));

  await program.parseAsync();
  return code;
}

// A reader that left (`| head`) is no reason to stop a training.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

main().then(
  (code) => {
    process.exitCode = code;
    // What was interrupted in its preparations may still be at work.
    if (code === INTERRUPTED) process.exit();
  },
  (error: unknown) => {
    process.exitCode = explain(error);
  },
);

function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.code === 'commander.unknownOption') console.error(`Its options: ${knownOptions().join(', ')}`);
    return error.exitCode === 0 ? 0 : 2;
  }
  if (error instanceof HypersphereError) {
    console.error(`\n${plainLines(error.message)}`);
    return error.exitCode;
  }
  console.error(isFileError(error) ? `\n${plainLines(describeError(error))}` : error);
  return 1;
}

function knownOptions(): string[] {
  const command = program.commands.find((one) => one.name() === process.argv[2]);
  return [...(command?.options ?? []).map(({ long }) => long ?? ''), '-h'];
}
