import { describe, expect, it } from '@jest/globals';

import fc from 'fast-check';

import { readSafetensors, writeSafetensors, type HostTensor } from '../../src';

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

const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };

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

  it.each<[string, string, number[], number[]]>([
    // bits by numpy and torch: 1.5, -2, the smallest number above 0, infinity
    ['F16', '003e00c00100007c', [4], [1.5, -2, 2 ** -24, Infinity]],
    ['BF16', 'c03f00c00100807f', [2, 2], [1.5, -2, 2 ** -133, Infinity]],
    ['F64', '000000000000f83f000000000000f0bf', [2], [1.5, -1]],
    ['I64', 'feffffffffffffff0700000000000000', [2], [-2, 7]],
  ])('reads %s', (dtype, hexadecimal, shape, values) => {
    const data = Buffer.from(hexadecimal, 'hex');
    const bytes = Buffer.concat([file({ a: { dtype, shape, data_offsets: [0, data.length] } }, 0), data]);
    const { a } = readSafetensors(bytes);
    expect(a).toMatchObject({ dtype: dtype === 'I64' ? 'int32' : 'float32', shape });
    expect([...(a?.values ?? [])]).toEqual(values);
  });

  it('refuses whole numbers that do not fit', () => {
    const bytes = Buffer.concat([file({ a: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } }, 0), Buffer.from('0000000001000000', 'hex')]);
    expect(() => readSafetensors(bytes)).toThrow("readSafetensors: malformed file: 'a' has the I64 value 4294967296, which does not fit into int32");
  });

  it('reads a header whose order is not that of the data', () => {
    const bytes = file({ b: { ...entry, data_offsets: [4, 8] }, a: entry }, 8);
    bytes.writeFloatLE(1, bytes.length - 8);
    bytes.writeFloatLE(2, bytes.length - 4);
    const read = readSafetensors(bytes);
    expect(Object.entries(read).map(([name, { values }]) => [name, values[0]])).toEqual([['b', 2], ['a', 1]]);
  });

  it('reads any header or refuses it by a RangeError, and takes no data from outside the file', () => {
    const count = fc.oneof(fc.nat(9), fc.integer(), fc.double(), fc.constant('4'));
    const anEntry = fc.record({ dtype: fc.constantFrom('F32', 'F16', 'I64', 'U8', 'toString'), shape: fc.array(count, { maxLength: 3 }), data_offsets: fc.array(count, { maxLength: 3 }) }, { requiredKeys: [] });
    const header = fc.oneof(fc.dictionary(fc.constantFrom('a', 'b', '__proto__', '__metadata__'), fc.oneof(anEntry, fc.jsonValue())), fc.jsonValue());
    fc.assert(
      fc.property(header, fc.nat(24), (json, data) => {
        let read: Record<string, HostTensor>;
        try {
          read = readSafetensors(file(JSON.stringify(json), data));
        } catch (error) {
          return error instanceof RangeError;
        }
        return Object.values(read).every(({ shape, values }) => values.length === shape.reduce((size, extent) => size * extent, 1));
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  it('survives any change of one byte', () => {
    const bytes = writeSafetensors(tensors);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ change : byte));
        try {
          return Object.keys(readSafetensors(damaged)).length > 0;
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
      { numRuns: 500, seed: 6 },
    );
  });

  it('reads past metadata', () => expect(Object.keys(readSafetensors(file({ __metadata__: { by: 'x' } }, 0)))).toEqual([]));

  it.each<[string, Uint8Array, string]>([
    ['a cut length field', Buffer.alloc(5), 'it has 5 bytes, fewer than the 8 of its length field'],
    ['a header longer than the file', Buffer.from('ffffffffffffff7f00', 'hex'), 'its header claims 9223372036854775807 bytes, 1 follow'],
    ['a header that is no JSON', file('{"a":'), 'its header is no JSON'],
    ['a header that is no object', file('[1]'), 'its header is not a JSON object'],
    ['an unknown dtype', file({ a: { ...entry, dtype: 'U8' } }), "'a' has dtype \"U8\"; known: F32, F16, BF16, F64, I32, I64"],
    ['no entry', file({ a: null }), "'a' has dtype undefined"],
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
