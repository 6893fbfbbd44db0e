import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { openEmbeddingFile } from '../../src';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const rows = Float32Array.from({ length: 12 }, (_, number) => number / 8);

/** Header and numbers as the format's description has them. */
function safetensors(name: string, header: object, numbers: Float32Array): string {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeUInt32LE(text.length);
  writeFileSync(at(name), Buffer.concat([length, text, Buffer.from(numbers.buffer)]));
  return at(name);
}

const entry = (shape: number[], from: number, dtype = 'F32') => ({ dtype, shape, data_offsets: [from, from + 4 * shape.reduce((a, b) => a * b, 1)] });

it('reads blocks of a raw file', () => {
  writeFileSync(at('raw.f32'), new Uint8Array(rows.buffer));
  const file = openEmbeddingFile(at('raw.f32'), { dim: 3 });
  expect([file.n, file.dim]).toEqual([4, 3]);
  expect([...file.read(1, 2)]).toEqual([...rows.subarray(3, 9)]);
  expect([...file.read(3, 1)]).toEqual([...rows.subarray(9)]);
  expect(() => file.read(3, 2)).toThrow('embeddings: rows must be in [0, 4), got 3 to 4');
  file.close();
});

it('reads the named tensor of a safetensors file', () => {
  const path = safetensors('two.safetensors', { __metadata__: { format: 'pt' }, a: entry([1, 4], 0), b: entry([4, 2], 16) }, rows);
  const file = openEmbeddingFile(path, { tensor: 'b' });
  expect([file.n, file.dim, ...file.read(1, 3)]).toEqual([4, 2, ...rows.subarray(6)]);
  file.close();
  expect(() => openEmbeddingFile(path)).toThrow(`${path} has several tensors; name one: a, b`);
  expect(() => openEmbeddingFile(path, { tensor: 'c' })).toThrow(`${path} has no tensor 'c'; it has a, b`);
});

it('says what is wrong', () => {
  writeFileSync(at('odd.f32'), new Uint8Array(20));
  expect(() => openEmbeddingFile(at('odd.f32'), { dim: 3 })).toThrow('must hold n * 3 float32 numbers, got 20 bytes');
  expect(() => openEmbeddingFile(at('odd.f32'))).toThrow('a raw file needs dim, a positive integer, got undefined');
  expect(() => openEmbeddingFile(at('none.f32'), { dim: 3 })).toThrow('embeddings: cannot open');
  expect(() => openEmbeddingFile(safetensors('half.safetensors', { a: entry([4, 3], 0, 'F16') }, rows))).toThrow('must be F32 [n, d] and whole, got F16 [4,3] in 48 bytes');
  expect(() => openEmbeddingFile(safetensors('cut.safetensors', { a: entry([5, 3], 0) }, rows))).toThrow(`is no safetensors file: 'a' lies at bytes 0 to 60; expected it to start at 0 and end by 48`);
  writeFileSync(at('text.safetensors'), 'this is not such a file');
  expect(() => openEmbeddingFile(at('text.safetensors'))).toThrow('is no safetensors file: its header claims 2338328219631577204 bytes, 15 follow');
});
