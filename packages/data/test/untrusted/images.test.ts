import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import { HypersphereError } from '@hypersphere/engine';
import { fuzzRuns, mutatedBytes, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import { readSheet } from '../../src/cifar10/sheet';
import { imageDecoder } from '../../src/folder/image-decoder';
import { wholePng } from '../../src/untrusted/whole-png';
import { png } from '../cifar10/made-sheet';
import { encoded } from '../folder/made-images';

jest.setTimeout(900_000);

const side = 12;
const decoder = imageDecoder({ height: side, width: side, channels: 3 });
/** The pixels, or undefined if the image is refused. */
async function decode(bytes: Buffer): Promise<Uint8Array | undefined> {
  const pixels = new Uint8Array(side * side * 3);
  return (await decoder(bytes, pixels)) && pixels;
}
const make = (format: 'png' | 'jpeg' | 'webp') => encoded(side, side, (x, y) => [(x * y * 37) % 256, (x * 91) % 256, 20 * y], format);

/** A PNG's chunk whose checksum matches. */
function chunk(type: string, data: Uint8Array): Buffer {
  const [length, body, sum] = [Buffer.alloc(4), Buffer.concat([Buffer.from(type), data]), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

describe.each(['png', 'jpeg', 'webp'] as const)('hostile %s', (format) => {
  it('is decoded to the size that was asked for, or refused', async () => {
    const valid = make(format);
    await fc.assert(
      fc.asyncProperty(mutatedBytes(valid), async (bytes) => {
        const image = await decode(bytes);
        return image === undefined || image.length === side * side * 3;
      }),
      { numRuns: fuzzRuns(format === 'png' ? 10_000 : 3000), seed: 18 },
    );
  });
});

describe('a damaged PNG', () => {
  it('gives the pixels of the sound one, or none', async () => {
    const valid = make('png');
    const pixels = await decode(valid);
    for (let at = 0; at < valid.length; at++) {
      const bytes = Buffer.from(valid);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      const image = await decode(bytes);
      if (image !== undefined) expect(image).toEqual(pixels);
    }
  });

  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const header = (width: number, height: number): Buffer => {
    const data = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
    data.writeUInt32BE(width, 0);
    data.writeUInt32BE(height, 4);
    return chunk('IHDR', data);
  };
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(side * (1 + 3 * side))));
  const end = chunk('IEND', Buffer.alloc(0));

  it.each([
    ['has its end within a comment', Buffer.concat([start, header(side, side), pixels, chunk('tEXt', Buffer.from('IEND'))])],
    ['has no pixels', Buffer.concat([start, header(side, side), end])],
    ['begins with pixels', Buffer.concat([start, pixels, header(side, side), end])],
    ['has two headers', Buffer.concat([start, header(side, side), header(2, 2), pixels, end])],
    ['has a chunk of 4 GB', Buffer.concat([start, header(side, side), Buffer.from('ffffffff49444154', 'hex'), pixels])],
  ])('that %s is refused', async (_, bytes) => {
    expect([wholePng(bytes), await decode(bytes)]).toEqual([undefined, undefined]);
  });

  it('that is sound is whole, whatever follows it', () => {
    expect(wholePng(Buffer.concat([start, header(side, side), pixels, end, Buffer.from('more')]))).toEqual({ width: side, height: side });
  });

  it.each([
    [header(1024, 0xffffffff), 'expected 1 to 10000 rows, got 4294967295'],
    [header(0xffffffff, 1), 'expected 1024 columns, got 4294967295'],
  ])('of many gigabytes is no sheet, and is not decoded', async (size, message) => {
    await expect(readSheet(Buffer.concat([start, size, pixels, end]), 'sheet')).rejects.toThrow(told(`data: sheet is damaged: ${message}; 'npx nx run data:prepare -- cifar10' fetches it again`));
  });
});

it('a hostile sheet is read or refused', async () => {
  const valid = png(1024, 2, Uint8Array.from({ length: 2 * 1024 * 3 }, (_, at) => (at * 7) % 251));
  await fc.assert(
    fc.asyncProperty(mutatedBytes(valid), async (bytes) => {
      try {
        return (await readSheet(bytes, 'sheet')).length % 3072 === 0;
      } catch (error) {
        return error instanceof HypersphereError;
      }
    }),
    { numRuns: fuzzRuns(), seed: 19 },
  );
});
