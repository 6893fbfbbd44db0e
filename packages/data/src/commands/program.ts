import { HypersphereError } from '@hypersphere/engine';
import { Command, CommanderError } from 'commander';
import { dataSetNames } from './data-set-names';
import { listDataSets, type Print } from './list';
import { prepareDataSets } from './prepare';
import { verifyDataSets } from './verify';

export interface Streams {
  readonly print: Print;
  readonly complain: Print;
}

/**
 * The command line of the data sets.
 *
 * @param args without node and script
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage
 */
export async function runProgram(args: readonly string[], { print, complain }: Streams): Promise<number> {
  let damaged = 0;
  const program = new Command('data')
    .description('Data sets: what there is, fetch and check, check again. Through Nx: npx nx run data:list, data:prepare, data:verify')
    .helpOption('-h', 'show this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => print(text.trimEnd()), writeErr: (text) => complain(text.trimEnd()) })
    .showHelpAfterError('(-h shows the usage)');
  program.command('list').description('name, state, size, licence and source of each data set').action(() => listDataSets(print));
  program
    .command('prepare')
    .argument('[names...]', 'data sets; all if none is named')
    .description('fetch what is missing or damaged, and check it')
    .action((names: string[]) => prepareDataSets(dataSetNames(names), print));
  program
    .command('verify')
    .argument('[names...]', 'data sets; all if none is named')
    .description('read all fetched and packed files again and compare checksums')
    .action(async (names: string[]) => {
      damaged = await verifyDataSets(dataSetNames(names), print);
    });
  for (const command of program.commands) command.copyInheritedSettings(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return damaged > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof HypersphereError)) throw error;
    complain(error.message);
    return error.exitCode;
  }
}
