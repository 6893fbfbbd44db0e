import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';

import { describeError, isFileError } from '../src/describe-error';
import { WORKSPACE } from '../src/workspace';

describe('describeError', () => {
  it('gives the frames of our own code, without absolute paths', () => {
    const text = describeError(new Error(`no ${join(WORKSPACE, 'x')} and no ${join(homedir(), 'y')}`));
    expect(text.split('\n')[0]).toBe('no x and no ~/y');
    expect(text).toMatch(/\nat .*packages\/experiment-kit\/test\/describe-error\.test\.ts:\d+:\d+/);
    expect(text).not.toContain(WORKSPACE);
  });

  it('gives no frames of what is meant for the user', () => {
    expect(describeError(new HypersphereError('do this'))).toBe('do this');
    expect(describeError('text')).toBe('text');
  });

  it('tells what the operating system refused from mistakes of ours', () => {
    const refused = (() => {
      try {
        return mkdirSync(join(__filename, 'below'));
      } catch (error) {
        return error;
      }
    })();
    expect(isFileError(refused)).toBe(true);
    expect(isFileError(new Error('x'))).toBe(false);
    expect(isFileError(undefined)).toBe(false);
  });
});
