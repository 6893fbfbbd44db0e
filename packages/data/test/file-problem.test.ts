import { describe, expect, it } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';
import { fileProblem } from '../src/file-problem';

const coded = (code: string) => Object.assign(new Error('low-level words'), { code });

describe('fileProblem', () => {
  it.each([
    ['ENOSPC', 'data: cannot write /c/x: the disk is full. Free some space, or set HYPERSPHERE_CACHE to another folder, and try again'],
    ['EROFS', 'data: cannot write /c/x: the file system is read-only. Make it writable, or set HYPERSPHERE_CACHE to another folder, and try again'],
    ['EACCES', 'data: cannot write /c/x: permission denied. Change the permissions, or set HYPERSPHERE_CACHE to another folder, and try again'],
  ])('%s becomes one line with the way out', (code, message) => {
    const problem = fileProblem(coded(code), '/c/x');
    expect(problem).toBeInstanceOf(HypersphereError);
    expect((problem as Error).message).toBe(message);
  });

  it('takes a folder that cannot be made for a read-only file system', () => {
    expect((fileProblem(Object.assign(coded('ENOENT'), { syscall: 'mkdir' }), '/c/x') as Error).message).toContain('read-only');
    expect(fileProblem(coded('ENOENT'), '/c/x')).not.toBeInstanceOf(HypersphereError);
  });

  it('hands other errors back as they are', () => {
    const [other, own] = [coded('EOTHER'), new HypersphereError('own')];
    expect([fileProblem(other, '/c'), fileProblem(own, '/c')]).toEqual([other, own]);
  });
});
