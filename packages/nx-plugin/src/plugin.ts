import { createNodesFromFiles, type CreateNodes, type CreateNodesResult, type TargetConfiguration } from '@nx/devkit';
import { basename, dirname } from 'node:path';

/** What every experiment can do, inferred for each folder `experiments/*` that has `src/experiment.ts`. */
const ACTIONS = {
  reproduce: 'Train what the run store lacks, evaluate, write tables, figures and claims',
  report: 'Write tables, figures and claims from the stored runs',
  table: 'The same as report',
  figure: 'The same as report',
  ablate: 'Run a declared study (--study) or a grid (--vary PATH=VALUES)',
  train: 'Train one variant with one seed',
  evaluate: 'Evaluate one checkpoint on one data set',
  explain: 'From a cell of a table (--cell) to the runs behind it, and from a run (--run) back',
  verify: 'Train a random sample of the stored runs again and compare every number',
} as const;

/**
 * One command without `dependsOn`: the kit itself plans over papers and calls provisioning and data. Never cached by Nx:
 * the run store alone decides what is up to date (docs/decisions/0002-nx-runs-one-command.md).
 */
export function kitTarget(action: string, subject: string, description: string): TargetConfiguration {
  return {
    command: `node -r ./tools/register.cjs packages/experiment-kit/src/cli.ts ${action} ${subject}`,
    options: { cwd: '{workspaceRoot}', forwardAllArgs: true },
    cache: false,
    metadata: { description },
  };
}

function nodeOf(file: string): CreateNodesResult {
  const root = dirname(dirname(file));
  const name = basename(root);
  const targets = Object.fromEntries(Object.entries(ACTIONS).map(([action, says]) => [action, kitTarget(action, name, says)]));
  return { projects: { [root]: { root, name, projectType: 'application', tags: ['layer:experiment'], targets } } };
}

export const name = '@hypersphere/nx-plugin';

export const createNodes: CreateNodes = [
  'experiments/*/src/experiment.ts',
  (files, options, context) => createNodesFromFiles((file) => nodeOf(file), files, options, context),
];
