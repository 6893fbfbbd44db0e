import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { ownConfig, ownDataOf, takeOwnData, withOwnData } from '../src/own-data';
import { configOf } from '../src/plan';
import { tiny } from './tiny';

const root = temporaryFolder();
for (const path of ['whole/a', 'parts/train/a', 'parts/test/b', 'parts/validation/c']) mkdirSync(join(root, path), { recursive: true });
afterEach(() => {
  delete process.env['HYPERSPHERE_OWN_DATA'];
  jest.restoreAllMocks();
});

describe('ownDataOf', () => {
  it('splits a folder of classes, and takes given parts as they are', () => {
    expect(ownDataOf(`folder:${root}/whole`)).toEqual({ root, train: 'whole' });
    expect(ownDataOf(`folder:${root}/parts/`)).toEqual({ root: join(root, 'parts'), train: 'train', validation: 'validation', test: 'test' });
    expect(ownDataOf('mnist')).toBeUndefined();
  });

  it('says when there is no such folder', () => {
    expect(() => ownDataOf(`folder:${root}/gone`)).toThrow(`--data: there is no folder ${root}/gone`);
  });
});

describe('takeOwnData', () => {
  const given = (...rest: string[]) => ['node', 'cli.ts', ...rest];

  it.each([[`--data=folder:${root}/whole`], ['--data', `folder:${root}/whole`]])('leaves the other arguments, and keeps results apart', (...option) => {
    const [args, env] = [given('train', 'tiny', ...option, '--image-size', '8x9x3', '--seed', '1'), { HYPERSPHERE_RESULTS: '/r' } as NodeJS.ProcessEnv];
    expect(takeOwnData(args, env)).toBe(0);
    expect(args).toEqual(given('train', 'tiny', '--seed', '1'));
    expect(env).toEqual({ HYPERSPHERE_RESULTS: resolve('/r/adhoc/whole'), HYPERSPHERE_DATA: root, HYPERSPHERE_OWN_DATA: JSON.stringify({ root, train: 'whole', size: [8, 9, 3] }) });
  });

  it('leaves the data set that a checkpoint is evaluated on, and everything without the option', () => {
    for (const rest of [['evaluate', 'tiny', '--data', 'mnist'], ['train', 'tiny']]) {
      const [args, env] = [given(...rest), {}];
      expect([takeOwnData(args, env), args, env]).toEqual([0, given(...rest), {}]);
    }
  });

  it.each([
    [['train', '--data', 'mnist'], "--data: expected folder:PATH, received 'mnist'"],
    [['train', '--data', `folder:${root}/whole`, '--image-size', '8'], "--image-size: expected HEIGHTxWIDTHxCHANNELS with 1 or 3 channels, e.g. 32x32x3, received '8'"],
  ])('explains %j', (rest, message) => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(takeOwnData(given(...rest), {})).toBe(2);
    expect(said).toHaveBeenCalledWith(`\n${message}`);
  });
});

describe('withOwnData', () => {
  it('gives every variant and profile the own images, of the size of those they replace', () => {
    process.env['HYPERSPHERE_OWN_DATA'] = JSON.stringify({ root, train: 'whole' });
    const before = configOf(tiny.experiment, 'softmax', 'smoke').data as { height: number; width: number; channels: number };
    const { data } = configOf(withOwnData(tiny.experiment), 'softmax', 'smoke');
    expect(data).toMatchObject({ name: 'folder', train: 'whole', height: before.height, width: before.width, channels: before.channels });
    expect(JSON.stringify(data)).not.toContain(root);
  });

  it('leaves the experiment alone otherwise', () => {
    expect(withOwnData(tiny.experiment)).toBe(tiny.experiment);
  });

  it('takes the sizes of the known sets', () => {
    expect(ownConfig({ root, train: 'x' }, { name: 'cifar10' })).toEqual({ name: 'folder', train: 'x', height: 32, width: 32, channels: 3 });
    expect(() => ownConfig({ root, train: 'x' }, { name: 'posts' })).toThrow('--data: this experiment reads texts, not images');
  });
});
