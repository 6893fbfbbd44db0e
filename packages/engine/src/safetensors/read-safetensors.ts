import { visible, visibleJson } from '../untrusted/visible';
import { checkPlaces, headerEntries, headerLength, PREFIX, type HeaderEntry } from './header';
import type { HostTensor } from './host-tensor';
import { STORED_TYPES, type StoredType } from './stored-types';

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
  try {
    return tensorsOf(buffer);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`readSafetensors: malformed file: ${error.message}`);
  }
}

function tensorsOf(buffer: Buffer): Record<string, HostTensor> {
  const dataStart = PREFIX + headerLength(buffer.subarray(0, PREFIX), buffer.length);
  const data = buffer.subarray(dataStart);
  const entries = headerEntries(buffer.subarray(PREFIX, dataStart)).map((entry) => ({ ...entry, type: typeOf(entry) }));
  checkPlaces(entries, data.length);
  return Object.fromEntries(
    entries.map(({ name, type, shape, start, stop }) => {
      // copied, so that the values are aligned whatever the header's length
      const copy = Uint8Array.prototype.slice.call(data, start, stop).buffer;
      return [name, { dtype: type.dtype, shape, values: type.decode(copy, visible(name)) }];
    }),
  );
}

/** How the values of a tensor are read, whose shape must need as many bytes as it has. */
function typeOf({ name, dtype, shape, start, stop }: HeaderEntry): StoredType {
  const type = Object.hasOwn(STORED_TYPES, dtype) ? STORED_TYPES[dtype] : undefined;
  if (type === undefined) throw new RangeError(`'${visible(name)}' has dtype ${visibleJson(dtype)}; known: ${Object.keys(STORED_TYPES).join(', ')}`);
  const size = shape.reduce((product, extent) => product * extent, type.bytes);
  if (stop - start !== size) throw new RangeError(`'${visible(name)}' of shape ${visibleJson(shape)} needs ${size} bytes, got ${stop - start}`);
  return type;
}
