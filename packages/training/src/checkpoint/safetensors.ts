/** A tensor outside any backend. */
export interface HostTensor {
  readonly dtype: 'float32' | 'int32';
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

const DTYPES = { float32: 'F32', int32: 'I32' } as const;
const BYTES = 4;
const PREFIX = 8;

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

/**
 * Reads what `writeSafetensors` writes; every length is checked before it is used.
 *
 * @param bytes whole file
 * @returns tensors by name
 * @throws RangeError that says what is wrong with the file
 */
export function readSafetensors(bytes: Uint8Array): Record<string, HostTensor> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < PREFIX) throw malformed(`it has ${buffer.length} bytes, fewer than the ${PREFIX} of its length field`);
  const length = buffer.readBigUInt64LE();
  if (length > BigInt(buffer.length - PREFIX)) {
    throw malformed(`its header claims ${length} bytes, ${buffer.length - PREFIX} follow`);
  }
  const data = buffer.subarray(PREFIX + Number(length));
  const header = parseHeader(buffer.toString('utf8', PREFIX, PREFIX + Number(length)));
  let end = 0;
  const tensors = Object.entries(header).map(([name, entry]) => {
    const { dtype, shape, data_offsets: offsets } = checkedEntry(name, entry);
    const [start, stop] = offsets;
    if (start !== end || stop > data.length) {
      throw malformed(`'${name}' lies at bytes ${start} to ${stop}; expected it to start at ${end} and end by ${data.length}`);
    }
    end = stop;
    // copied, so that the values are aligned whatever the header's length
    const copy = Uint8Array.prototype.slice.call(data, start, stop).buffer;
    return [name, { dtype, shape, values: dtype === 'float32' ? new Float32Array(copy) : new Int32Array(copy) }] as const;
  });
  if (end !== data.length) throw malformed(`${data.length - end} bytes follow the last tensor`);
  return Object.fromEntries(tensors);
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
  readonly dtype: HostTensor['dtype'];
  readonly shape: number[];
  readonly data_offsets: readonly [number, number];
}

function checkedEntry(name: string, entry: unknown): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const known = (Object.keys(DTYPES) as HostTensor['dtype'][]).find((key) => DTYPES[key] === dtype);
  if (known === undefined) throw malformed(`'${name}' has dtype ${JSON.stringify(dtype)}; known: F32, I32`);
  if (!isCounts(shape)) throw malformed(`'${name}' has shape ${JSON.stringify(shape)}`);
  if (!isCounts(offsets) || offsets.length !== 2) throw malformed(`'${name}' has data_offsets ${JSON.stringify(offsets)}`);
  const [start = 0, stop = 0] = offsets;
  const size = shape.reduce((product, extent) => product * extent, BYTES);
  if (stop - start !== size) throw malformed(`'${name}' of shape [${shape.join()}] needs ${size} bytes, got ${stop - start}`);
  return { dtype: known, shape, data_offsets: [start, stop] };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0);
}

function padding(length: number): number {
  return (8 - (length % 8)) % 8;
}

function malformed(what: string): RangeError {
  return new RangeError(`readSafetensors: malformed file: ${what}`);
}
