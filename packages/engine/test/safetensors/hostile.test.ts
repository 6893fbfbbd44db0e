import { describe, expect, it } from '@jest/globals';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson, thrownBy } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';

import { readSafetensors, writeSafetensors } from '../../src';

const valid = writeSafetensors({
  'stem/kernel': { dtype: 'float32', shape: [2, 3], values: new Float32Array([1, -2.5, 3, 4, 5, 6]) },
  bias: { dtype: 'int32', shape: [2], values: new Int32Array([7, 8]) },
});
const header = { a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] }, b: { dtype: 'F16', shape: [1, 2], data_offsets: [8, 12] } };

/** A file with this header before 12 bytes of data. */
function file(text: string | Uint8Array, data = 12): Buffer {
  const bytes = Buffer.from(text as string);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, bytes, Buffer.alloc(data)]);
}

/** Read whole, or refused by an error that can be shown. */
function survives(bytes: Uint8Array): boolean {
  let sizes: boolean[] = [];
  const error = thrownBy(() => {
    sizes = Object.values(readSafetensors(bytes)).map(({ shape, values }) => values.length === shape.reduce((size, extent) => size * extent, 1));
  });
  if (error !== undefined) return error instanceof RangeError && error.message.startsWith('readSafetensors: malformed file: ') && isHarmless(error.message);
  return sizes.every(Boolean);
}

describe('hostile safetensors', () => {
  it('with changed bytes are read or refused', () => {
    fc.assert(fc.property(mutatedBytes(valid), survives), { numRuns: fuzzRuns(), seed: 11 });
  });

  it('with changed headers are read or refused', () => {
    fc.assert(fc.property(mutatedJson(header), (text) => survives(file(text))), { numRuns: fuzzRuns(), seed: 12 });
  });

  it.each<[string, Buffer, string]>([
    ['a name that stands twice', file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"a":{"dtype":"I32","shape":[3],"data_offsets":[0,12]}}'), 'its header has an object with the same key twice'],
    ['names that are no UTF-8', file(Buffer.from('{"\xff":1}', 'latin1')), 'its header is not UTF-8'],
    ['deep nesting', file('['.repeat(1e5)), 'its header is nested deeper than 100 levels'],
    ['a header of 2^53 bytes', Buffer.from('000000000000200000', 'hex'), 'its header claims 9007199254740992 bytes, 1 follow'],
    ['a shape whose product overflows', file('{"a":{"dtype":"F32","shape":[9007199254740991,9007199254740991],"data_offsets":[0,12]}}'), "'a' of shape [9007199254740991,9007199254740991] needs 3.2451855365842665e+32 bytes, got 12"],
    ['an infinite offset', file('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,1e999]}}'), "'a' has data_offsets [0,null]"],
    ['a name that steers a terminal', file('{"\\u001b[2J":{"dtype":"U8"}}'), "'\\u{1b}[2J' has shape undefined"],
    ['an endless shape', file(`{"a":{"dtype":"F32","shape":[${'1,'.repeat(999)}2],"data_offsets":[0,12]}}`), `'a' of shape [${'1,'.repeat(100).slice(0, 199)}… needs 8 bytes, got 12`],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(new RangeError(`readSafetensors: malformed file: ${message}`));
  });

  it('__proto__ is a name like any other', () => {
    const read = readSafetensors(file('{"__proto__":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}'));
    expect([Object.keys(read), Object.getPrototypeOf(read) === Object.prototype]).toEqual([['__proto__'], true]);
  });
});
