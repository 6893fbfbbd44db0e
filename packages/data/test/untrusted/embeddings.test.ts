import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { HypersphereError, writeSafetensors } from '@hypersphere/engine';
import { temporaryFolder } from '@hypersphere/testing';
import { fuzzRuns, isHarmless, mutatedBytes, mutatedJson, thrownBy, told } from '@hypersphere/testing/fuzz';
import fc from 'fast-check';
import { openEmbeddingFile } from '../../src';

jest.setTimeout(600_000);

const path = join(temporaryFolder(), 'hostile.safetensors');
const values = new Float32Array([1, 2, 3, 4, 5, 6]);

function file(header: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
  return Buffer.concat([length, Buffer.from(header), Buffer.from(values.buffer)]);
}

/** All rows are read, or the file is refused by an error that can be shown. */
function survives(bytes: Uint8Array): boolean {
  writeFileSync(path, bytes);
  let whole = true;
  const error = thrownBy(() => {
    const { n, dim, read, close } = openEmbeddingFile(path);
    try {
      whole = read(0, n).length === n * dim && n * dim <= 6;
    } finally {
      close();
    }
  });
  return error === undefined ? whole : error instanceof HypersphereError && isHarmless(error.message);
}

describe('hostile files of embeddings', () => {
  it('with changed bytes are read or refused', () => {
    fc.assert(fc.property(mutatedBytes(writeSafetensors({ a: { dtype: 'float32', shape: [2, 3], values } })), survives), { numRuns: fuzzRuns(2000), seed: 13 });
  });

  it('with changed headers are read or refused', () => {
    fc.assert(fc.property(mutatedJson({ a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] } }).map(file), survives), { numRuns: fuzzRuns(2000), seed: 14 });
  });

  it.each([
    ['null', 'is no safetensors file: its header is not a JSON object'],
    ['{"a":null}', "is no safetensors file: 'a' has dtype undefined"],
    ['{"a":{"dtype":"F32","shape":[-2,-3],"data_offsets":[0,24]}}', "is no safetensors file: 'a' has shape [-2,-3]"],
    ['{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[-24,0]}}', "is no safetensors file: 'a' has data_offsets [-24,0]"],
    ['{"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}', "is no safetensors file: 'b' lies at bytes 0 to 24; expected it to start at 24 and end by 24"],
  ])('with the header %s are refused', (header, message) => {
    writeFileSync(path, file(header));
    expect(() => openEmbeddingFile(path)).toThrow(told(`embeddings: ${path} ${message}`));
  });

  it('that are pipes are refused, and nothing waits for them', () => {
    execFileSync('mkfifo', [`${path}.f32`]);
    expect(() => openEmbeddingFile(`${path}.f32`, { dim: 3 })).toThrow(told(`embeddings: cannot open ${path}.f32: expected a plain file, got a pipe`));
  });
});
