import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson, thrownBy, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import { readLabels } from '../../src/cifar10/sheet';
import { packageFolder } from '../../src/fetch/pinned-package';
import { dataSets } from '../../src/data-sets';
import { resolveDataConfig, type ConfigOf } from '../../src/config';
import { readIdx } from '../../src/mnist/idx';

process.env['HYPERSPHERE_CACHE'] = temporaryFolder();

const isClear = (error: unknown): boolean => error instanceof HypersphereError && isHarmless(error.message);

/** An IDX file with these sizes. */
function idx(sizes: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x0800 + sizes.length);
  sizes.forEach((size, at) => header.writeUInt32BE(size, 4 + 4 * at));
  return Buffer.concat([header, values]);
}

describe('hostile IDX', () => {
  it.each([1, 3])('of rank %i is read whole or refused', (rank) => {
    const valid = idx(rank === 1 ? [9] : [2, 3, 4], new Uint8Array(rank === 1 ? 9 : 24).fill(7));
    const survives = (bytes: Buffer): boolean => {
      let whole = true;
      const error = thrownBy(() => {
        const { sizes, values } = readIdx(bytes, 'file', rank);
        whole = values.length === sizes.reduce((product, size) => product * size, 1);
      });
      return error === undefined ? whole : isClear(error);
    };
    fc.assert(fc.property(mutatedBytes(valid), survives), { numRuns: fuzzRuns(), seed: rank });
  });

  it('with sizes of many gigabytes is refused before memory is taken', () => {
    expect(() => readIdx(idx([0xffffffff, 0xffffffff, 0xffffffff], new Uint8Array(8)), 'file', 3)).toThrow('expected 7.9228162458924105e+28 bytes for sizes 4294967295x4294967295x4294967295, got 24 bytes');
  });
});

describe('hostile MNIST', () => {
  const [archive] = dataSets.mnist.packages();
  const config = resolveDataConfig({ name: 'mnist', trainImages: 10, validationImages: 10, testImages: 10 }) as ConfigOf<'mnist'>;
  const plant = (name: string, bytes: Uint8Array): void => {
    const path = join(packageFolder(archive!), 'data', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  };
  const make = (sizes: readonly number[], label: number): Promise<unknown> => {
    const [count = 0, height = 0, width = 0] = sizes;
    for (const part of ['train', 't10k']) {
      plant(`${part}-images-idx3-ubyte`, idx(sizes, new Uint8Array(count * height * width)));
      plant(`${part}-labels-idx1-ubyte`, idx([count], new Uint8Array(count).fill(label)));
    }
    return dataSets.mnist.make(config);
  };

  it.each([
    [[20, 28, 28], 10, 'data: data/train-labels-idx1-ubyte is damaged: expected labels from 0 to 9, got 10'],
    [[20, 0, 0], 1, 'data: data/train-images-idx3-ubyte is damaged: expected images of 28x28, got 0x0'],
    [[20, 8, 98], 1, 'data: data/train-images-idx3-ubyte is damaged: expected images of 28x28, got 8x98'],
  ])('of sizes %j and label %i is refused', async (sizes, label, message) => {
    await expect(make(sizes, label)).rejects.toThrow(told(`${message}; 'npx nx run data:prepare -- mnist' fetches it again`));
  });

  it('that is sound is taken', async () => {
    await expect(make([20, 28, 28], 9)).resolves.toMatchObject({ train: { classes: 10 } });
  });
});

describe('hostile labels', () => {
  const read = (text: string) => readLabels(text, 'labels', { count: 4, classes: 10 });
  const survives = (text: string): boolean => {
    let labels: Int32Array = new Int32Array(4);
    const error = thrownBy(() => (labels = read(text)));
    return error === undefined ? labels.length === 4 && labels.every((label) => label >= 0 && label < 10) : isClear(error);
  };

  it('with changed values are read or refused', () => {
    fc.assert(fc.property(mutatedJson([1, 9, 0, 3]), survives), { numRuns: fuzzRuns(), seed: 3 });
  });

  it('with changed text are read or refused', () => {
    fc.assert(fc.property(mutatedBytes(Buffer.from('[1,9,0,3]')).map(String), survives), { numRuns: fuzzRuns(), seed: 4 });
  });

  it.each([
    [`[1,2,3,${'['.repeat(99)}${']'.repeat(99)}]`, `expected labels from 0 to 9, got ${'['.repeat(99)}${']'.repeat(99)}`],
    ['[1,2,3,"\\u202e"]', 'expected labels from 0 to 9, got "\\u{202e}"'],
    ['[1,2,3,1e999]', 'expected labels from 0 to 9, got null'],
    [`[${'['.repeat(1e6)}`, 'expected JSON, got something else'],
  ])('%.30j are refused', (text, message) => {
    expect(() => read(text)).toThrow(told(`data: labels is damaged: ${message}; 'npx nx run data:prepare -- cifar10' fetches it again`));
  });
});
