import { generateFiles, joinPathFragments, type Tree } from '@nx/devkit';
import { join } from 'node:path';

export interface ExperimentOptions {
  readonly name: string;
  readonly title?: string;
  readonly year?: number;
}

/** Writes `experiments/<name>`: an experiment that compares a loss with softmax, ready for `nx run <name>:reproduce`. */
export default function experiment(tree: Tree, { name, title = 'Title of the paper', year = 2000 }: ExperimentOptions): void {
  const root = joinPathFragments('experiments', name);
  if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`experiment: expected a name like 'my-loss' (a-z, 0-9, -), received '${name}'`);
  if (tree.exists(root)) throw new Error(`experiment: ${root} exists already; choose another name or remove it`);
  generateFiles(tree, join(__dirname, 'files'), root, { name, title, year, tmpl: '' });
}
