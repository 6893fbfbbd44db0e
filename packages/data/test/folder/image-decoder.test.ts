import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { imageDecoder, type ImageShape } from '../../src/folder/image-decoder';
import { keptPart } from '../../src/folder/kept-part';
import { type Colour, encoded, plain } from './made-images';

const ramp = (x: number, y: number): Colour => [(97 * x + 13 * y) % 256, 36 * y, (x * y * 71) % 256];
const [width, height] = [6, 8];
/** With the pixels in the answer. */
function decoder(shape: ImageShape) {
  const decode = imageDecoder(shape);
  return async (bytes: Buffer) => {
    const pixels = new Uint8Array(shape.height * shape.width * shape.channels);
    const image = await decode(bytes, pixels);
    return image && { ...image, pixels };
  };
}
const colour = decoder({ height, width, channels: 3 });
const grey = decoder({ height, width, channels: 1 });
const expected = Array.from({ length: width * height }, (_, at) => ramp(at % width, Math.floor(at / width)));

describe('imageDecoder', () => {
  it('takes an image of the right size as it is, to the byte', async () => {
    const image = await colour(encoded(width, height, ramp));
    expect(image).toMatchObject({ cropped: false, resampled: false, size: { height, width } });
    expect([...(image?.pixels ?? [])]).toEqual(expected.flat());
  });

  it('makes grey of colours by their luma', async () => {
    const image = await grey(encoded(width, height, ramp));
    expect([...(image?.pixels ?? [])]).toEqual(expected.map(([red, green, blue]) => Math.round((299 * red + 587 * green + 114 * blue) / 1000)));
    expect([...((await grey(plain(201, 'png', width, height)))?.pixels ?? [])]).toEqual(Array(48).fill(201));
  });

  it.each(['jpeg', 'webp'] as const)('reads %s', async (format) => {
    const image = await grey(plain(90, format, width, height));
    expect(Math.max(...(image?.pixels ?? [0]))).toBeLessThanOrEqual(92);
    expect(Math.min(...(image?.pixels ?? [0]))).toBeGreaterThanOrEqual(88);
  });

  it('makes what is transparent black, whatever was drawn before', async () => {
    await grey(plain(255, 'png', width, height));
    const half = await grey(encoded(width, height, (x) => [200, 200, 200, x < 3 ? 0 : 255]));
    expect([...(half?.pixels ?? [])]).toEqual(Array.from({ length: 48 }, (_, at) => (at % 6 < 3 ? 0 : 200)));
  });

  it('crops the middle of an image with another aspect, and scales', async () => {
    // the middle 12 of 32 columns are white
    const wide = await grey(encoded(32, 16, (x) => (x >= 10 && x < 22 ? [255, 255, 255] : [0, 0, 0])));
    expect(wide).toMatchObject({ cropped: true, resampled: true, size: { height: 16, width: 32 } });
    expect(Math.min(...(wide?.pixels ?? []))).toBeGreaterThan(250);
    const tall = await grey(encoded(6, 32, (_, y) => (y >= 12 && y < 20 ? [255, 255, 255] : [0, 0, 0])));
    expect(tall).toMatchObject({ cropped: true, resampled: false });
    expect([...(tall?.pixels ?? [])]).toEqual(Array(48).fill(255));
  });

  it('scales an image of the same aspect whole', async () => {
    const image = await grey(encoded(12, 16, (x) => (x < 6 ? [0, 0, 0] : [255, 255, 255])));
    expect(image).toMatchObject({ cropped: false, resampled: true });
    expect([...(image?.pixels.subarray(0, 6) ?? [])].map((value) => value > 127)).toEqual([false, false, false, true, true, true]);
  });

  it('averages where it shrinks', async () => {
    const image = await decoder({ height: 30, width: 30, channels: 1 })(encoded(64, 64, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0])));
    expect(Math.max(...(image?.pixels ?? [255])) - Math.min(...(image?.pixels ?? [0]))).toBeLessThan(10);
  });

  const large = (format: 'png' | 'jpeg' | 'webp') => encoded(60, 80, (x, y) => [(x * y * 37) % 256, (x * 91) % 256, y], format);
  it.each(['png', 'jpeg', 'webp'] as const)('refuses a %s that was cut off', async (format) => {
    const bytes = large(format);
    expect(await colour(bytes)).toBeDefined();
    for (const share of [0.1, 0.5, 0.9]) expect(await colour(bytes.subarray(0, Math.floor(share * bytes.length)))).toBeUndefined();
    expect(await colour(bytes.subarray(0, bytes.length - 12))).toBeUndefined();
  });

  it('is not misled by the end of a preview within a JPEG', async () => {
    const bytes = large('jpeg');
    const preview = Buffer.from('ffe1000affd8ffda0102ffd9', 'hex');
    const whole = Buffer.concat([bytes.subarray(0, 2), preview, bytes.subarray(2)]);
    expect(await colour(whole)).toBeDefined();
    expect(await colour(whole.subarray(0, Math.floor(whole.length / 2)))).toBeUndefined();
  });

  it('turns a photograph as its EXIF orientation says', async () => {
    const bytes = encoded(8, 6, (x) => (x < 4 ? [255, 255, 255] : [0, 0, 0]), 'jpeg');
    // one entry of a little-endian IFD: tag 0x0112, a short, 6 (turned clockwise)
    const exif = Buffer.from('ffe10022' + '457869660000' + '49492a0008000000' + '0100' + '120103000100000006000000' + '00000000', 'hex');
    const turned = await grey(Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]));
    expect(turned).toMatchObject({ size: { height: 8, width: 6 }, cropped: false, resampled: false });
    expect([...(turned?.pixels ?? [])].map((value) => value > 127)).toEqual(Array.from({ length: 48 }, (_, at) => at < 24));
  });

  it('refuses a small file of more than 100 megapixels', async () => {
    expect(await grey(blankPng(10_001, 10_000))).toBeUndefined();
    expect(await grey(blankPng(1000, 1000))).toBeDefined();
  });

  it.each([
    ['nothing', ''],
    ['text', 'not an image'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="8"/>'],
    ['GIF', 'GIF89a and so on'],
    ['only a start', '\x89PNG\r\n\x1a\nIEND'],
    ['a short RIFF', 'RIFF'],
  ])('refuses %s', async (_, text) => {
    expect(await colour(Buffer.from(text, 'latin1'))).toBeUndefined();
  });
});

/** A PNG of one bit a pixel: its few kilobytes unpack to as many pixels as they say. */
function blankPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const [length, body, sum] = [Buffer.alloc(4), Buffer.concat([Buffer.from(type), data]), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = deflateSync(Buffer.alloc(height * (1 + Math.ceil(width / 8))));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

describe('keptPart', () => {
  it.each([
    [{ height: 112, width: 96 }, { left: 0, top: 0, height: 112, width: 96, cropped: false }],
    [{ height: 1000, width: 1019 * (96 / 112) }, { left: 0, top: 0, height: 1000, width: 1019 * (96 / 112), cropped: false }],
    [{ height: 250, width: 250 }, { left: 17, top: 0, height: 250, width: 250 * (96 / 112), cropped: true }],
    [{ height: 300, width: 96 }, { left: 0, top: 94, height: 112, width: 96, cropped: true }],
  ])('%j', (size, expectedPart) => {
    const part = keptPart(size, { height: 112, width: 96 });
    expect(part).toEqual({ ...expectedPart, width: expect.closeTo(expectedPart.width, 9) });
  });

  it('draws the line at 2 %', () => {
    const cropped = [0.979, 0.981, 1.019, 1.021].map((ratio) => keptPart({ height: 1000, width: 1000 * ratio }, { height: 50, width: 50 }).cropped);
    expect(cropped).toEqual([true, false, false, true]);
  });
});
