import { describe, expect, it } from '@jest/globals';

import { readSafetensors, writeSafetensors, type HostTensor } from '../src/checkpoint/safetensors';

const tensors: Record<string, HostTensor> = {
  'stem/kernel': { dtype: 'float32', shape: [2, 3], values: new Float32Array([1, -2.5, NaN, Infinity, -0, 1e-40]) },
  empty: { dtype: 'float32', shape: [0, 4], values: new Float32Array(0) },
  'größe': { dtype: 'int32', shape: [], values: new Int32Array([-7]) },
};

/** A file with this header before 4 bytes of data. */
function file(header: unknown, data = 4): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, Buffer.alloc(data)]);
}

const hex = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string => Buffer.from(buffer, byteOffset, byteLength).toString('hex');

describe('safetensors', () => {
  it('has the bytes of the format', () => {
    const bytes = Buffer.from(writeSafetensors({ a: { dtype: 'float32', shape: [1], values: new Float32Array([1]) } }));
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  '; // padded to a multiple of 8
    expect(bytes.readBigUInt64LE()).toBe(BigInt(header.length));
    expect(bytes.toString('utf8', 8, 8 + header.length)).toBe(header);
    expect([...bytes.subarray(8 + header.length)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('gives back every bit, whatever the file\'s alignment', () => {
    const bytes = writeSafetensors(tensors);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const copy of [bytes, shifted.subarray(1)]) {
      const read = readSafetensors(copy);
      expect(Object.keys(read)).toEqual(Object.keys(tensors));
      for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
        expect(read[name]).toMatchObject({ dtype, shape });
        expect(hex(read[name]?.values ?? new Int32Array())).toBe(hex(values));
      }
    }
  });

  it('reads past metadata', () => expect(Object.keys(readSafetensors(file({ __metadata__: { by: 'x' } }, 0)))).toEqual([]));

  const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  it.each<[string, Uint8Array, string]>([
    ['a cut length field', Buffer.alloc(5), 'it has 5 bytes, fewer than the 8 of its length field'],
    ['a header longer than the file', Buffer.from('ffffffffffffff7f00', 'hex'), 'its header claims 9223372036854775807 bytes, 1 follow'],
    ['a header that is no JSON', file('{"a":'), 'its header is not JSON'],
    ['a header that is no object', file('[1]'), 'its header is not a JSON object'],
    ['an unknown dtype', file({ a: { ...entry, dtype: 'F64' } }), "'a' has dtype \"F64\"; known: F32, I32"],
    ['no entry', file({ a: null }), "'a' has dtype undefined; known: F32, I32"],
    ['a shape of the wrong kind', file({ a: { ...entry, shape: [-1] } }), "'a' has shape [-1]"],
    ['offsets of the wrong kind', file({ a: { ...entry, data_offsets: [0] } }), "'a' has data_offsets [0]"],
    ['a shape that does not fit', file({ a: { ...entry, shape: [2] } }), "'a' of shape [2] needs 8 bytes, got 4"],
    ['data beyond the end', file({ a: entry }, 3), "'a' lies at bytes 0 to 4; expected it to start at 0 and end by 3"],
    ['data that overlap', file({ a: entry, b: entry }), "'b' lies at bytes 0 to 4; expected it to start at 4 and end by 4"],
    ['data that nothing names', file({ a: entry }, 6), '2 bytes follow the last tensor'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(new RangeError(`readSafetensors: malformed file: ${message}`));
  });
});
