import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

it('names the line of the sources in a process of its own, too', () => {
  const cwd = join(__dirname, '../../../..');
  const printed = execFileSync(process.execPath, ['-r', './tools/register.cjs', join(__dirname, 'caller-child.ts')], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  expect(printed).toContain('the step reads the values of a tensor (packages/engine/test/recording/caller-child.ts:10)');
}, 60_000);
