import * as ts from 'typescript';

import { mutators, type MutatorName } from './mutators';

/** One change of one file. */
export interface Mutant {
  /** Relative to the repository. */
  readonly file: string;
  readonly mutator: MutatorName;
  /** From 1. */
  readonly line: number;
  /** Characters of the source that are replaced. */
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
}

/** All changes that the mutators can make to a file; messages of errors and types are left alone. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const program = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isLeftAlone(node)) return;
    for (const [mutator, change] of Object.entries(mutators)) {
      const to = change(node);
      if (to === undefined) continue;
      const start = node.getStart();
      found.push({ file, mutator: mutator as MutatorName, line: program.getLineAndCharacterOfPosition(start).line + 1, start, end: node.getEnd(), from: node.getText(), to });
    }
    ts.forEachChild(node, visit);
  };
  visit(program);
  return found;
}

/** What is thrown, imported, a type, or a word of help. */
function isLeftAlone(node: ts.Node): boolean {
  return ts.isThrowStatement(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || (ts.isPropertyAssignment(node) && node.name.getText() === 'describe');
}
