import { inflateSync } from 'node:zlib';

const HEADER_BYTES = 44;
const ENTRY_BYTES = 20;

/**
 * Unpacks a WOFF 1 file to TrueType, which is what the PNG renderer reads: each table is a zlib stream.
 *
 * @param woff bytes of the file
 * @returns bytes of the TrueType file
 * @throws TypeError if the bytes are no WOFF 1 file
 * @see W3C, WOFF File Format 1.0, sections 3-5, https://www.w3.org/TR/WOFF/
 */
export function woffToSfnt(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new TypeError('woffToSfnt: expected a WOFF 1 file (signature wOFF)');
  const tables = woff.readUInt16BE(12);
  const power = 2 ** Math.floor(Math.log2(tables));
  const head = Buffer.alloc(12 + tables * 16);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  head.writeUInt16BE(tables, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((tables - power) * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let i = 0; i < tables; i++) {
    const entry = HEADER_BYTES + i * ENTRY_BYTES;
    const data = unpackTable(woff, entry);
    const at = 12 + i * 16;
    woff.copy(head, at, entry, entry + 4); // tag
    head.writeUInt32BE(woff.readUInt32BE(entry + 16), at + 4); // checksum
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(data.length, at + 12);
    const padded = Buffer.alloc((data.length + 3) & ~3);
    data.copy(padded);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

function unpackTable(woff: Buffer, entry: number): Buffer {
  const from = woff.readUInt32BE(entry + 4);
  const packed = woff.readUInt32BE(entry + 8);
  const raw = woff.subarray(from, from + packed);
  return packed < woff.readUInt32BE(entry + 12) ? inflateSync(raw) : raw;
}
