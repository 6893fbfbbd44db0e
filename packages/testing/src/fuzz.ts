import { expect } from '@jest/globals';
import fc from 'fast-check';

/**
 * Inputs of a fuzzing: what `HYPERSPHERE_FUZZ_RUNS` says, else `usual`.
 *
 * @param usual 10,000, or fewer where so many take more than seconds
 */
export const fuzzRuns = (usual = 10_000): number => Number(process.env['HYPERSPHERE_FUZZ_RUNS'] ?? usual);

const interesting = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
/** Anything that means something in one of the formats. */
const texts = ['__proto__', 'constructor', '{', '[', '"', ':', ',', '\\', '\u0000', '\u001b[31m', '\u202e', '1e999', '-0', 'null', '../', '\n', 'NaN'];

/** A change of bytes. */
type Change = (bytes: Buffer) => Buffer;

const spliced = (bytes: Buffer, at: number, taken: number, put: Uint8Array): Buffer => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(Math.min(bytes.length, at + taken))]);
/** A place in a file, wherever it ends; every second one lies in the first 64 bytes, where headers are. */
const place = (share: number, front: boolean, bytes: Buffer): number => Math.floor(share * (front ? Math.min(64, bytes.length) : bytes.length));

const where = fc.tuple(fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.boolean());
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(where, fc.nat(7)).map(([at, bit]): Change => (bytes) => {
    const copy = Buffer.from(bytes);
    const index = place(...at, bytes);
    if (index < copy.length) copy[index] = (copy[index] ?? 0) ^ (1 << bit);
    return copy;
  }),
  where.map((at): Change => (bytes) => bytes.subarray(0, place(...at, bytes))),
  fc.tuple(where, fc.nat(9), fc.uint8Array({ maxLength: 9 })).map(([at, taken, put]): Change => (bytes) => spliced(bytes, place(...at, bytes), taken, put)),
  fc.tuple(where, fc.nat(3), fc.constantFrom(...texts)).map(([at, taken, put]): Change => (bytes) => spliced(bytes, place(...at, bytes), taken, Buffer.from(put))),
  fc.tuple(where, fc.constantFrom(...interesting), fc.boolean()).map(([at, value, little]): Change => (bytes) => {
    const field = Buffer.alloc(4);
    if (little) field.writeUInt32LE(value);
    else field.writeUInt32BE(value);
    return spliced(bytes, place(...at, bytes), 4, field);
  }),
  fc.tuple(where, where, fc.nat(40)).map(([from, to, length]): Change => (bytes) => {
    const start = place(...from, bytes);
    return spliced(bytes, place(...to, bytes), 0, bytes.subarray(start, start + length));
  }),
);

/** Files that come of valid ones by one to four changes: bits, lengths, cuts, repeated parts. */
export function mutatedBytes(...valid: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.constantFrom(...valid), fc.array(changes, { minLength: 1, maxLength: 4 })).map(([bytes, list]) => list.reduce<Buffer>((changed, change) => change(changed), Buffer.from(bytes)));
}

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0.5, 1e308, 2 ** 53, -0, '', 'toString', '\u001b[2J|<script>', '\u202egnp.', [], {}, [[]], { length: 1e9 }),
  fc.string({ maxLength: 12, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** JSON that comes of a valid value: members replaced, left out, put in, `__proto__` among them. */
export function mutatedJson(valid: unknown): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.nat(), put: hostile, how: fc.constantFrom('replace', 'remove', 'add'), key: fc.constantFrom('__proto__', 'constructor', 'length', 'more') });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((list) => {
    const root: { value: unknown } = { value: JSON.parse(JSON.stringify(valid)) };
    for (const { at, put: shared, how, key } of list) {
      const put: unknown = JSON.parse(JSON.stringify(shared)); // a later change may go into it
      const members = membersOf(root);
      const { owner, name } = members[at % members.length] ?? { owner: root, name: 'value' };
      if (how === 'remove') Reflect.deleteProperty(owner, name);
      else define(owner, how === 'add' && !Array.isArray(owner) && owner !== root ? key : name, put);
    }
    return JSON.stringify(root.value) ?? 'null';
  });
}

interface Member {
  readonly owner: object;
  readonly name: string;
}

function membersOf(owner: object): Member[] {
  return Object.entries(owner).flatMap(([name, value]) => [{ owner, name }, ...(typeof value === 'object' && value !== null ? membersOf(value as object) : [])]);
}

/** As JSON.parse does: also `__proto__` becomes a member. */
function define(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Runs `use`, and hands back what it threw. */
export function thrownBy(use: () => unknown): unknown {
  try {
    use();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What a user can be shown: no terminal is steered, no line turned around, and it is not endless. */
export const isHarmless = (text: string): boolean => text.length < 2000 && !/[^\P{C}\n]|[\u2028\u2029]/u.test(text);

/** For `toThrow`: an error for the user with this message, whatever caused it. */
export const told = (message: string): unknown => expect.objectContaining({ name: 'HypersphereError', message });
