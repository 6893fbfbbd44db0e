import { describe, expect, it } from '@jest/globals';
import { type FolderPart, folderSplit } from '../../src/folder/split';

const listed = (name: string, sizes: Readonly<Record<string, number>>, ignored = 0) => ({
  name,
  ignored,
  classes: Object.entries(sizes).map(([one, count]) => ({
    name: one,
    images: Array.from({ length: count }, (_, at) => ({ path: `${name}/${one}/${at}.png`, size: 1, modified: 1 })),
  })),
});
const numbered = (count: number, images = 2) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${String(at).padStart(3, '0')}`, images]));
const names = ({ classes }: FolderPart) => classes.map(({ name }) => name);
const test = listed('lfw', { x: 2, y: 3 });

function split(train: ReturnType<typeof listed>, options: { minImagesPerClass?: number; excludeClasses?: string[] } = {}, others = {}) {
  const lines: string[] = [];
  const parts = folderSplit({ minImagesPerClass: 2, excludeClasses: [], ...options }, { train, test, ...others }, (line) => lines.push(line));
  return { ...parts, log: lines.join('\n') };
}

describe('folderSplit', () => {
  it.each([[4, 2], [25, 2], [30, 3], [109, 10]])('of %i training classes holds the last %i for validation', (count, held) => {
    const { train, validation, log } = split(listed('casia', numbered(count)));
    expect([...names(train), ...names(validation)]).toEqual(Object.keys(numbered(count)));
    expect(names(validation)).toHaveLength(held);
    expect(log).toContain(`validation: the last ${held} of the ${count} classes of "casia", which do not train`);
  });

  it.each([[8, 4], [9, 4], [40, 20]])('of %i classes without a set for the test holds the last %i for it', (count, tested) => {
    const { train, validation, test: last, log } = split(listed('birds', numbered(count)), {}, { test: undefined });
    expect([...names(train), ...names(validation), ...names(last)]).toEqual(Object.keys(numbered(count)));
    expect([names(last).length, names(validation).length]).toEqual([tested, 2]);
    expect(log).toContain(`test: the last ${tested} of the ${count} classes of "birds", which neither train nor validate`);
  });

  it('needs classes enough for a test', () => {
    expect(() => split(listed('birds', numbered(3)), {}, { test: undefined })).toThrow('"birds" has 3 usable classes, expected at least 4, half of them to test');
  });

  it('takes validation from its own set if there is one', () => {
    const { train, validation } = split(listed('casia', numbered(12)), {}, { validation: listed('agedb', { a: 2, b: 2 }) });
    expect([names(train).length, names(validation), validation.set]).toEqual([12, ['a', 'b'], 'agedb']);
  });

  it('leaves out small and excluded classes, and counts them', () => {
    const { train, validation, log } = split(listed('casia', { ...numbered(8, 3), small: 2, empty: 0 }, 5), { minImagesPerClass: 3, excludeClasses: ['c001', 'nobody'] }, { test: listed('lfw', { c001: 3, y: 3, z: 1 }) });
    expect([...names(train), ...names(validation)]).toEqual(['c000', 'c002', 'c003', 'c004', 'c005', 'c006', 'c007']);
    expect(log).toContain('"casia": 21 images of 7 classes; left out: 1 classes that are excluded, 2 classes with fewer than 3 images, 5 entries that are no JPEG, PNG or WebP image in the folder of a class');
    expect(log).toContain('"lfw": 6 images of 2 classes; left out: 1 classes with fewer than 3 images');
    expect(log).toContain('excludeClasses: 1 names are in no set: "nobody"');
  });

  it('says when classes of training and test have one name', () => {
    expect(split(listed('casia', { ...numbered(4), y: 2 })).log).toContain('1 classes of training have the name of a class of the test: "y". If they are the same, name them in data.excludeClasses');
    expect(split(listed('casia', { ...numbered(4), y: 2 }), { excludeClasses: ['y'] }).log).not.toContain('have the name');
  });

  it.each([
    [{}, '"casia" in the folder that HYPERSPHERE_DATA names has no class to use, expected at least 2, each a folder with 2 or more JPEG, PNG or WebP images'],
    [{ a: 1, b: 1, c: 0 }, 'has no class to use, expected at least 2, each a folder with 2 or more JPEG, PNG or WebP images (left out: 3 classes with fewer than 2 images)'],
    [{ a: 2, b: 1 }, 'has only 1 class to use'],
    [{ a: 2, b: 2, c: 2 }, '"casia" has 3 usable classes, expected at least 4: 2 to train, 2 to validate. Add classes, or name a set of its own in data.validation'],
  ])('refuses %j', (sizes: Record<string, number>, message) => {
    expect(() => split(listed('casia', sizes))).toThrow(message);
  });

  it('refuses a test set of one class', () => {
    expect(() => split(listed('casia', numbered(9)), {}, { test: listed('lfw', { x: 9 }) })).toThrow('"lfw" in the folder that HYPERSPHERE_DATA names has only 1 class to use');
  });
});
