import { Command, CommanderError } from 'commander';

import { engineDoctor } from './doctor';
import { HypersphereError } from './errors';
import { printReport } from './print-report';
import { provisionEngine } from './provision/provision-engine';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The command line of the engine.
 *
 * @returns the exit code: 0 done, 1 something failed, 2 wrong usage
 */
export async function main(parameters: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('engine').description('TensorFlow for Node').helpOption('-h', 'show this help').exitOverride();
  program
    .command('provision')
    .description('get or build the native engine, if it is not there')
    .option('--fresh', 'build it again although there is one')
    .action(async ({ fresh }: { fresh?: boolean }) => {
      const engine = await provisionEngine({ log: print, fresh });
      print(`TensorFlow ${engine.tensorflow}: ${engine.binding}`);
    });
  program
    .command('doctor')
    .description('what engine is used, how fast it is, and what is missing')
    .option('--threads <count>', 'threads to measure with', Number)
    .option('--xla', 'with XLA')
    .option('--json', 'print it as JSON')
    .action(async ({ json, ...options }: { threads?: number; xla?: boolean; json?: boolean }) => {
      const report = await engineDoctor(options);
      print(json ? JSON.stringify(report, null, 2) : printReport(report));
      if (report.engine === undefined) code = 1;
    });
  try {
    await program.parseAsync(parameters, { from: 'user' });
    return code;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has printed why
  if (error instanceof RangeError) complain(error.message);
  else if (error instanceof HypersphereError) complain(`engine: ${error.message}`);
  else complain(`engine: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return error instanceof HypersphereError ? error.exitCode : error instanceof RangeError ? 2 : 1;
}

if (require.main === module) void main(process.argv.slice(2)).then((code) => (process.exitCode = code));
