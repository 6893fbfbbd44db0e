import { describe, expect, it } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';
import { type DataConfig, resolveDataConfig } from '../src/config';

const folder = { name: 'folder', train: 'casia', test: 'lfw', height: 8, width: 8, channels: 3 } as const;

function problem(config: unknown): { message: string; exitCode: number } {
  try {
    resolveDataConfig(config as DataConfig);
  } catch (error) {
    if (error instanceof HypersphereError) return { message: error.message, exitCode: error.exitCode };
    throw error;
  }
  throw new Error('no error');
}

describe('resolveDataConfig', () => {
  it('fills defaults, and a resolved config resolves to itself', () => {
    const resolved = resolveDataConfig({ name: 'hangul', trainClasses: 200 });
    expect(resolved).toMatchObject({ protocol: 'unseen-typefaces', trainClasses: 200, testClasses: 600, splitSeed: 1 });
    expect(resolveDataConfig(JSON.parse(JSON.stringify(resolved)) as DataConfig)).toEqual(resolved);
  });

  it.each([
    [{ name: 'hangle' }, 'data.name: expected one of hangul, typefaces, mnist, cifar10, posts, generated, folder, got "hangle"'],
    [null, 'data.name: expected one of hangul, typefaces, mnist, cifar10, posts, generated, folder, got undefined'],
    [{ name: 'hangul', trainClases: 3 }, "data: unknown option 'trainClases'"],
    [{ name: 'mnist', trainImages: 'all' }, 'data.trainImages: Invalid input: expected number, received string, got "all"'],
    [{ name: 'hangul', labelNoise: { share: 1.5, kind: 'closed' } }, 'data.labelNoise.share: Too big: expected number to be <=0.9, got 1.5'],
    [{ name: 'hangul', trainClasses: 900 }, 'data.trainClasses + validationClasses: expected at most 1200 syllables together, got 1300'],
    [{ name: 'hangul', testClasses: 1000 }, 'data.testClasses + distractorClasses: expected at most 1150 syllables together, got 1400'],
    [{ name: 'hangul', trainClasses: 700, labelNoise: { share: 0.2, kind: 'open' } },
      'data.trainClasses + validationClasses + outsiders of the open-set noise: expected at most 1200 syllables together, got 1244'],
    [{ name: 'typefaces', trainFamilies: 151 }, 'data.trainFamilies: expected at most 150, got 151'],
    [{ name: 'mnist', labelNoise: { share: 0.2, kind: 'open' } }, 'data.labelNoise.kind: expected "closed" (MNIST has no other classes), got "open"'],
    [{ name: 'cifar10', labelNoise: { share: 0.2, kind: 'open' } }, 'data.labelNoise.kind: expected "closed" (CIFAR-10 has no other classes), got "open"'],
    [{ name: 'cifar10', trainImages: 5005 }, 'data.trainImages: Invalid number: must be a multiple of 10, got 5005'],
    [{ name: 'cifar10', trainImages: 45_010 }, 'data.trainImages: Too big: expected number to be <=45000, got 45010'],
    [{ ...folder, train: undefined }, 'data.train: Invalid input: expected string, received undefined, got undefined'],
    ...['../lfw', '/data/lfw', 'a/b', 'a\\b', '..', '.hidden', 'c:', ''].map((test) =>
      [{ ...folder, test }, `data.test: expected the name of one folder, without a path, got ${JSON.stringify(test)}`] as const),
    [{ ...folder, channels: 2 }, 'data.channels: Invalid input, got 2'],
    [{ ...folder, test: 'Casia' }, 'data.train, data.validation, data.test: expected different folders, got {"train":"casia","test":"Casia"}'],
    [{ ...folder, validation: 'lfw' }, 'data.train, data.validation, data.test: expected different folders, got {"train":"casia","validation":"lfw","test":"lfw"}'],
    [{ ...folder, labelNoise: { share: 0.2, kind: 'open' } }, 'data.labelNoise.kind: expected "closed" (no class is in no set), got "open"'],
  ])('%j: names the path, what was expected and what came', (config, message) => {
    expect(problem(config)).toEqual({ message, exitCode: 2 });
  });
});
