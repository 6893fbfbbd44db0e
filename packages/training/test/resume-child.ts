import { writeFileSync } from 'node:fs';
import { startEngine, writeAtomically } from '@hypersphere/engine';

import { train } from '../src/train';
import { resumeRun, weightBytes } from './resume-run';

/** Trains as its arguments say: folder, file for the final weights, and which write of a file ends the process. */
const [checkpointFolder = '', output = '', fatalWrite = ''] = process.argv.slice(2);

async function write(path: string, data: string | Uint8Array): Promise<void> {
  if (fatalWrite !== '' && path.endsWith(fatalWrite)) {
    writeFileSync(`${path}.4711`, data.slice(0, data.length / 2));
    process.kill(process.pid, 'SIGKILL');
  }
  await writeAtomically(path, data);
}

async function main(): Promise<void> {
  await startEngine({ threads: 2, provision: false });
  const result = await train({
    ...resumeRun,
    checkpointFolder,
    checkpointSteps: 4,
    log: (line) => process.stdout.write(`${line}\n`),
    onProgress: ({ step }) => process.stdout.write(`step ${step}\n`),
    write,
  });
  writeFileSync(output, JSON.stringify({ weights: weightBytes(result), curve: result.curve }));
}

void main();
