import { parseJson } from '../untrusted/parse-json';
import { visible, visibleJson } from '../untrusted/visible';

/** Bytes of the field that says how long the header is. */
export const PREFIX = 8;
/** Bytes of the longest header that the format allows. */
const LONGEST_HEADER = 100_000_000;

/** One tensor, as the header of a file describes it. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** First byte of the data, counted from the end of the header, and the one behind the last. */
  readonly start: number;
  readonly stop: number;
}

/**
 * Bytes of a file's header.
 *
 * @param prefix the first 8 bytes, or all of a shorter file
 * @param size bytes of the whole file
 * @throws RangeError that says what is wrong with the file
 */
export function headerLength(prefix: Buffer, size: number): number {
  if (size < PREFIX || prefix.length < PREFIX) throw new RangeError(`it has ${size} bytes, fewer than the ${PREFIX} of its length field`);
  const length = prefix.readBigUInt64LE();
  if (length > BigInt(size - PREFIX)) throw new RangeError(`its header claims ${length} bytes, ${size - PREFIX} follow`);
  if (length > BigInt(LONGEST_HEADER)) throw new RangeError(`its header claims ${length} bytes; at most ${LONGEST_HEADER} are allowed`);
  return Number(length);
}

/**
 * The tensors of a header, in its order; `__metadata__` is passed over.
 *
 * @throws RangeError that says what is wrong with it
 */
export function headerEntries(bytes: Uint8Array): HeaderEntry[] {
  return Object.entries(parsed(bytes)).filter(([name]) => name !== '__metadata__').map(([name, entry]) => checkedEntry(name, entry));
}

function parsed(bytes: Uint8Array): object {
  let header: unknown;
  try {
    // names that are no UTF-8 must not become equal ones
    header = parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new RangeError(`its header ${cause instanceof RangeError ? cause.message : 'is not UTF-8'}`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new RangeError('its header is not a JSON object');
  return header;
}

function checkedEntry(name: string, entry: unknown): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string') throw new RangeError(`'${visible(name)}' has dtype ${visibleJson(dtype)}`);
  if (!isCounts(shape)) throw new RangeError(`'${visible(name)}' has shape ${visibleJson(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) throw new RangeError(`'${visible(name)}' has data_offsets ${visibleJson(offsets)}`);
  const [start = 0, stop = 0] = offsets;
  return { name, dtype, shape, start, stop };
}

/**
 * The data of all tensors, one behind the other, must be the whole file: nothing overlaps, nothing is left over.
 *
 * @param length bytes behind the header
 */
export function checkPlaces(entries: readonly HeaderEntry[], length: number): void {
  let end = 0;
  for (const { name, start, stop } of entries.toSorted((a, b) => a.start - b.start || a.stop - b.stop)) {
    if (start !== end || stop < start || stop > length) {
      throw new RangeError(`'${visible(name)}' lies at bytes ${start} to ${stop}; expected it to start at ${end} and end by ${length}`);
    }
    end = stop;
  }
  if (end !== length) throw new RangeError(`${length - end} bytes follow the last tensor`);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0);
}
