import { runProgram } from './commands/program';

void runProgram(process.argv.slice(2), { print: console.log, complain: console.error }).then((code) => {
  process.exitCode = code;
});
