import { crc32 } from 'node:zlib';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** Length and type before the data of a chunk, checksum behind it. */
const around = 12;

/** Pixels of a PNG as its header says, if the file is whole. */
export interface PngSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Walks through the chunks of a PNG to its end and compares their checksums: the decoder draws what it can of a damaged file, and says
 * nothing.
 *
 * @returns undefined if the bytes are no PNG, end early, or do not match a checksum
 * @see https://www.w3.org/TR/png-3/#5Chunk-layout
 */
export function wholePng(bytes: Buffer): PngSize | undefined {
  if (!isPng(bytes)) return undefined;
  let pixels = false;
  for (let at = signature.length; at + around <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const end = at + around + length;
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if ((at === signature.length) !== (type === 'IHDR' && length === 13)) return undefined;
    pixels ||= type === 'IDAT';
    if (type === 'IEND') return pixels ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : undefined;
    at = end;
  }
  return undefined;
}

/** Whether the first bytes are those of a PNG. */
export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, signature.length).equals(signature);
