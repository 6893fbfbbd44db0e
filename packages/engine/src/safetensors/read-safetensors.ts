import type { HostTensor } from './host-tensor';
import { STORED_TYPES, type StoredType } from './stored-types';

const PREFIX = 8;
/** Bytes of the longest header that the format allows. */
const LONGEST_HEADER = 100_000_000;

/**
 * Reads a safetensors file; every length is checked before it is used.
 *
 * @param bytes whole file
 * @returns tensors by name, in the order of the header, as float32 or int32
 * @throws RangeError that says what is wrong with the file
 * @see https://huggingface.co/docs/safetensors/index#format
 */
export function readSafetensors(bytes: Uint8Array): Record<string, HostTensor> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < PREFIX) throw malformed(`it has ${buffer.length} bytes, fewer than the ${PREFIX} of its length field`);
  const length = buffer.readBigUInt64LE();
  if (length > BigInt(buffer.length - PREFIX)) {
    throw malformed(`its header claims ${length} bytes, ${buffer.length - PREFIX} follow`);
  }
  if (length > BigInt(LONGEST_HEADER)) throw malformed(`its header claims ${length} bytes; at most ${LONGEST_HEADER} are allowed`);
  const data = buffer.subarray(PREFIX + Number(length));
  const header = parseHeader(buffer.toString('utf8', PREFIX, PREFIX + Number(length)));
  const entries = Object.entries(header).map(([name, entry]) => checkedEntry(name, entry));
  checkPlaces(entries, data.length);
  return Object.fromEntries(
    entries.map(({ name, type, shape, start, stop }) => {
      // copied, so that the values are aligned whatever the header's length
      const copy = Uint8Array.prototype.slice.call(data, start, stop).buffer;
      return [name, { dtype: type.dtype, shape, values: type.decode(copy, name) }];
    }),
  );
}

function parseHeader(text: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch {
    throw malformed('its header is not JSON');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw malformed('its header is not a JSON object');
  return Object.fromEntries(Object.entries(header).filter(([name]) => name !== '__metadata__'));
}

interface HeaderEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: number[];
  /** First byte of the data, and the one behind the last. */
  readonly start: number;
  readonly stop: number;
}

function checkedEntry(name: string, entry: unknown): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const type = typeof dtype === 'string' && Object.hasOwn(STORED_TYPES, dtype) ? STORED_TYPES[dtype] : undefined;
  if (type === undefined) throw malformed(`'${name}' has dtype ${JSON.stringify(dtype)}; known: ${Object.keys(STORED_TYPES).join(', ')}`);
  if (!isCounts(shape)) throw malformed(`'${name}' has shape ${JSON.stringify(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) throw malformed(`'${name}' has data_offsets ${JSON.stringify(offsets)}`);
  const [start = 0, stop = 0] = offsets;
  const size = shape.reduce((product, extent) => product * extent, type.bytes);
  if (stop - start !== size) throw malformed(`'${name}' of shape [${shape.join()}] needs ${size} bytes, got ${stop - start}`);
  return { name, type, shape, start, stop };
}

/** The data of all tensors, one behind the other, are the whole file: nothing overlaps, nothing is left over. */
function checkPlaces(entries: readonly HeaderEntry[], length: number): void {
  let end = 0;
  for (const { name, start, stop } of entries.toSorted((a, b) => a.start - b.start || a.stop - b.stop)) {
    if (start !== end || stop > length) {
      throw malformed(`'${name}' lies at bytes ${start} to ${stop}; expected it to start at ${end} and end by ${length}`);
    }
    end = stop;
  }
  if (end !== length) throw malformed(`${length - end} bytes follow the last tensor`);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0);
}

function malformed(what: string): RangeError {
  return new RangeError(`readSafetensors: malformed file: ${what}`);
}
