import { CommanderError, program } from 'commander';
import { HypersphereError } from '@hypersphere/engine';

import { ablate } from './commands/ablate';
import { evaluate } from './commands/evaluate';
import { report } from './commands/report';
import { reproduce } from './commands/reproduce';
import { train } from './commands/train';
import { describeError, isFileError } from './describe-error';
import { INTERRUPTED } from './interruption';
import { plainLines } from './print';
import { configPath, experimentArgument, imageSizeOption, jobsOption, onlyOption, ownDataOption, precisionOption, profileOption, seedsOption, wholeNumber } from './cli-options';

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
