import { PREFIX } from './header';
import type { HostTensor } from './host-tensor';

const DTYPES = { float32: 'F32', int32: 'I32' } as const;

/**
 * Tensors as the bytes of a safetensors file: 8 bytes of header length, a JSON header, little-endian data.
 *
 * @param tensors by name; written in the order of the object
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export function writeSafetensors(tensors: Readonly<Record<string, HostTensor>>): Uint8Array {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { dtype, shape, values }]) => {
    const start = offset;
    offset += values.byteLength;
    return [name, { dtype: DTYPES[dtype], shape, data_offsets: [start, offset] }] as const;
  });
  const json = JSON.stringify(Object.fromEntries(entries));
  const header = Buffer.from(json.padEnd(json.length + padding(Buffer.byteLength(json))));
  const bytes = Buffer.alloc(PREFIX + header.length + offset);
  bytes.writeBigUInt64LE(BigInt(header.length));
  header.copy(bytes, PREFIX);
  let at = PREFIX + header.length;
  for (const { values } of Object.values(tensors)) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

function padding(length: number): number {
  return (8 - (length % 8)) % 8;
}
