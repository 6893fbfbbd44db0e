import { HypersphereError } from '@hypersphere/engine';

/**
 * Reads an IDX file of unsigned bytes: two zero bytes, type 8, number of dimensions, sizes (uint32, big-endian), values.
 *
 * @param bytes the whole file
 * @param name how to call it in an error
 * @param rank expected number of dimensions: 3 for images, 1 for labels
 * @returns the sizes and a view of the values
 * @throws HypersphereError if the header or the length is wrong
 * @see LeCun, Cortes, Burges, The MNIST database of handwritten digits, http://yann.lecun.com/exdb/mnist/
 */
export function readIdx(bytes: Uint8Array, name: string, rank: number): { sizes: number[]; values: Uint8Array } {
  const expectedMagic = 0x0800 + rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + 4 * rank;
  const magic = bytes.length < start ? undefined : view.getUint32(0);
  if (magic !== expectedMagic) throw damagedIdx(name, `magic number ${expectedMagic}`, magic === undefined ? `${bytes.length} bytes` : String(magic));
  const sizes = Array.from({ length: rank }, (_, at) => view.getUint32(4 + 4 * at));
  const expected = start + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) throw damagedIdx(name, `${expected} bytes for sizes ${sizes.join('x')}`, `${bytes.length} bytes`);
  return { sizes, values: bytes.subarray(start) };
}

/** What is wrong with a file, and the way out. */
export const damagedIdx = (name: string, expected: string, got: string) =>
  new HypersphereError(`data: ${name} is damaged: expected ${expected}, got ${got}; 'npx nx run data:prepare -- mnist' fetches it again`);
