import { describe, expect, it } from '@jest/globals';
import type { CreateNodesContext, CreateNodesResult } from '@nx/devkit';

import { createNodes, kitTarget } from '../src/plugin';

const ACTIONS = ['reproduce', 'report', 'table', 'figure', 'ablate', 'train', 'evaluate', 'explain', 'verify'];

describe('inferred targets', () => {
  const [glob, infer] = createNodes;

  it('are for folders with an experiment', () => {
    expect(glob).toBe('experiments/*/src/experiment.ts');
  });

  it('are one uncached command each, without dependsOn, and pass options on', async () => {
    const answers = (await infer(['experiments/my-paper/src/experiment.ts'], undefined, {} as CreateNodesContext)) as readonly (readonly [string, CreateNodesResult])[];
    const project = answers[0]?.[1].projects?.['experiments/my-paper'];
    expect(project).toMatchObject({ name: 'my-paper', tags: ['layer:experiment'] });
    expect(Object.keys(project?.targets ?? {})).toEqual(ACTIONS);
    for (const [action, target] of Object.entries(project?.targets ?? {})) {
      expect(target.command).toBe(`node -r ./tools/register.cjs packages/experiment-kit/src/cli.ts ${action} my-paper`);
      expect(target.cache).toBe(false);
      expect(target.options).toEqual({ cwd: '{workspaceRoot}', forwardAllArgs: true });
      expect(target).not.toHaveProperty('dependsOn');
      expect(target).not.toHaveProperty('outputs');
    }
  });

  it('describes each target', () => {
    expect(kitTarget('report', '--all', 'words').metadata).toEqual({ description: 'words' });
  });
});
