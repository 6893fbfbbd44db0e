import { createHash } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import type { ImageSet } from '../../src/image-set';
import { readPacked, writePacked } from '../../src/packed/packed-file';
import { bytesBehind, parseHeader } from '../../src/packed/packed-header';
import { readTexts, writeTexts } from '../../src/packed/packed-texts';
import type { TextSet } from '../../src/text-set';

jest.setTimeout(600_000);

const folder = temporaryFolder();
const path = join(folder, 'hostile.pack');
const set = (count: number): ImageSet => ({
  images: new Uint8Array(9 * count), labels: Int32Array.from({ length: count }, (_, at) => at % 3), height: 3, width: 3, channels: 1, classes: 3, classNames: ['a', 'b', 'c'],
});
const texts = (count: number): TextSet => ({
  texts: Array.from({ length: count }, (_, at) => `text ${at}`), labels: new Int32Array(count), times: new Float64Array(count).fill(1e12),
  weekdays: new Int32Array(count), forums: new Int32Array(count), threads: new Int32Array(count), classes: 2, forumNames: ['forum'],
});
const isSound = ({ labels, classes, images, height, width, channels }: ImageSet): boolean =>
  labels.every((label) => label >= 0 && label < classes) && images.length === labels.length * height * width * channels;

/** With a checksum that matches: whoever can write here can write that too. */
const sealed = (body: Uint8Array): Buffer => Buffer.concat([body, createHash('sha256').update(body).digest()]);
const withHeader = (json: string, rest: Uint8Array): Buffer => {
  const text = `${json}${' '.repeat((4 - (Buffer.byteLength(json) % 4)) % 4)}`;
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(text));
  return sealed(Buffer.concat([Buffer.from('HYPRPACK'), length, Buffer.from(text), rest]));
};

/** Read whole, or refused by the error that makes it anew. */
async function survives<T>(bytes: Uint8Array, read: () => Promise<T>, isWhole: (read: T) => boolean): Promise<boolean> {
  writeFileSync(path, bytes);
  try {
    return isWhole(await read());
  } catch (error) {
    return error instanceof RangeError && isHarmless(error.message);
  }
}

describe('hostile packed images', () => {
  const read = () => readPacked(path, 'key');
  const whole = (packed: Awaited<ReturnType<typeof read>>): boolean => packed !== undefined && Object.values(packed.sets).every((one: ImageSet) => isSound(one));

  it('whose checksum matches are read whole or refused', async () => {
    await writePacked(path, 'key', { train: set(4), validation: set(3), test: set(2) });
    const file = readFileSync(path);
    const body = file.subarray(0, file.length - 32);
    const header = body.subarray(12, 12 + body.readUInt32LE(8)).toString();
    const rest = body.subarray(12 + body.readUInt32LE(8));
    await fc.assert(fc.asyncProperty(mutatedBytes(body), (bytes) => survives(sealed(bytes), read, whole)), { numRuns: fuzzRuns(1000), seed: 5 });
    await fc.assert(fc.asyncProperty(mutatedJson(JSON.parse(header)), (text) => survives(withHeader(text, rest), read, whole)), { numRuns: fuzzRuns(1000), seed: 6 });
    expect(await survives(sealed(body), read, whole)).toBe(true);
  });

  it('have a header that describes sets, or are refused', () => {
    const part = { height: 3, width: 3, channels: 1, classes: 3, classNames: ['a', 'b', 'c'], count: 4, grouped: false };
    fc.assert(
      fc.property(mutatedJson({ format: 1, madeBy: 'key', sets: { train: part, validation: part, test: part } }), (text) => {
        try {
          return bytesBehind(parseHeader(text)) >= 0;
        } catch (error) {
          return error instanceof RangeError && isHarmless(error.message);
        }
      }),
      { numRuns: fuzzRuns(), seed: 7 },
    );
  });

  it.each([
    ['promise more than they have', (bytes: Buffer) => withHeader(bytes.subarray(12, 12 + bytes.readUInt32LE(8)).toString().replace('"count":4', '"count":4e9'), new Uint8Array(8)), /^its header promises 5200000\d+ bytes, it has \d+$/],
    ['have a label that is no class', (bytes: Buffer) => { bytes.writeInt32LE(3, bytes.length - 36); return sealed(bytes.subarray(0, -32)); }, /^it has labels outside 0 to 2$/],
    ['have a negative label', (bytes: Buffer) => { bytes.writeInt32LE(-1, bytes.length - 36); return sealed(bytes.subarray(0, -32)); }, /^it has labels outside 0 to 2$/],
    ['are deeply nested', () => withHeader('['.repeat(1e6), new Uint8Array(0)), /^its header is nested deeper than 100 levels$/],
  ])('that %s are refused', async (_, damage, message) => {
    await writePacked(path, 'key', { train: set(4), validation: set(3), test: set(2) });
    writeFileSync(path, damage(readFileSync(path)));
    await expect(read()).rejects.toThrow(message);
  });

  it('of a terabyte are refused before memory is taken', async () => {
    await writePacked(path, 'key', { train: set(4), validation: set(3), test: set(2) });
    const { length } = readFileSync(path);
    truncateSync(path, 2 ** 40); // no block of it is on the disk
    await expect(read()).rejects.toThrow(new RangeError(`its header promises ${length} bytes, it has 1099511627776`));
    await writePacked(path, 'key', { train: set(4), validation: set(3), test: set(2) });
  });
});

describe('hostile packed texts', () => {
  it('whose checksum matches are read whole or refused', async () => {
    await writeTexts(path, 'key', { train: texts(3), validation: texts(2), test: texts(2) });
    const file = readFileSync(path);
    const body = file.subarray(0, file.length - 32);
    const read = () => readTexts(path, 'key');
    const whole = (packed: Awaited<ReturnType<typeof read>>): boolean =>
      packed !== undefined && [packed.train, packed.validation, packed.test].every((one) => one.labels.every((label) => label >= 0 && label < one.classes) && one.times.length === one.texts.length);
    const framed = (text: string) => sealed(Buffer.from(`HYPRPACK${text}`));
    await fc.assert(fc.asyncProperty(mutatedBytes(body), (bytes) => survives(sealed(bytes), read, whole)), { numRuns: fuzzRuns(1000), seed: 8 });
    await fc.assert(fc.asyncProperty(mutatedJson(JSON.parse(body.subarray(8).toString())), (text) => survives(framed(text), read, whole)), { numRuns: fuzzRuns(1000), seed: 9 });
    expect(await survives(file, read, whole)).toBe(true);
  });
});
