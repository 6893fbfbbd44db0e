import { createCanvas, Image } from '@napi-rs/canvas';
import { imageSize } from 'image-size';
import { isPng, wholePng } from '../untrusted/whole-png';
import { keptPart, type Size } from './kept-part';

export interface DecodedImage {
  /** Before it was fitted. */
  readonly size: Size;
  readonly cropped: boolean;
  readonly resampled: boolean;
}

/** A file of a few kilobytes can unpack to gigabytes: larger images are refused before they are decoded. */
const mostMegapixels = 100;
/** Bytes of a file: four for each of so many pixels are more than an encoder needs. */
export const mostImageBytes = 4 * mostMegapixels * 1e6;

/** What is decoded, in words. */
export const decodableImages = `JPEG, PNG or WebP of up to ${mostMegapixels} megapixels`;

/**
 * Decodes one image at a time.
 *
 * @param into uint8 `[h, w, channels]`: where its pixels go
 * @returns what was done, or undefined if the bytes are no whole JPEG, PNG or WebP image, or too many pixels
 */
export type ImageDecoder = (bytes: Buffer, into: Uint8Array) => Promise<DecodedImage | undefined>;

export interface ImageShape extends Size {
  readonly channels: 1 | 3;
}

/**
 * Decodes images to one size: as they are if they have it, else centre-cropped to its aspect and scaled. A photograph is turned as its
 * EXIF orientation says; what is transparent becomes black; grey is the luma 0.299 r + 0.587 g + 0.114 b.
 */
export function imageDecoder({ height, width, channels }: ImageShape): ImageDecoder {
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#000';
  // averages where it shrinks and leaves pixels alone where it does not scale; 'high' does neither
  context.imageSmoothingQuality = 'medium';
  // the same for all: its memory is there for the next, while that of a new one is mapped page by page, and waits to be collected
  const image = new Image();
  return async (bytes, into) => {
    if (!isWhole(bytes) || !isOfSize(bytes) || !(await isDecoded(image, bytes)) || image.width < 1 || image.height < 1) return undefined;
    const part = keptPart(image, { height, width });
    context.fillRect(0, 0, width, height);
    context.drawImage(image, part.left, part.top, part.width, part.height, 0, 0, width, height);
    (channels === 1 ? writeLuma : writeColours)(context.getImageData(0, 0, width, height).data, into);
    return {
      size: { height: image.height, width: image.width },
      cropped: part.cropped,
      resampled: part.height !== height || part.width !== width,
    };
  };
}

async function isDecoded(image: Image, bytes: Buffer): Promise<boolean> {
  image.src = bytes;
  return image.decode().then(() => true, () => false);
}

const endOfJpeg = Buffer.from([0xff, 0xd9]);
const startOfScan = Buffer.from([0xff, 0xda]);

/** The decoder takes other formats too, and draws half of an image that was cut off: checksums must match, or the last marker be there. */
function isWhole(bytes: Buffer): boolean {
  if (isPng(bytes)) return wholePng(bytes) !== undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return bytes.lastIndexOf(endOfJpeg) > bytes.lastIndexOf(startOfScan);
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP' && bytes.length >= bytes.readUInt32LE(4) + 8;
}

/** Whether the header's width and height are such that the pixels fit. */
function isOfSize(bytes: Buffer): boolean {
  try {
    const { width, height } = imageSize(bytes);
    return width * height <= mostMegapixels * 1e6;
  } catch {
    return false;
  }
}

function writeLuma(rgba: Uint8ClampedArray, grey: Uint8Array): void {
  for (let at = 0; at < grey.length; at++) {
    grey[at] = Math.round(0.299 * (rgba[4 * at] as number) + 0.587 * (rgba[4 * at + 1] as number) + 0.114 * (rgba[4 * at + 2] as number));
  }
}

function writeColours(rgba: Uint8ClampedArray, colours: Uint8Array): void {
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    colours[to] = rgba[from] as number;
    colours[to + 1] = rgba[from + 1] as number;
    colours[to + 2] = rgba[from + 2] as number;
  }
}
