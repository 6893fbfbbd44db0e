import type { HostTensor } from './host-tensor';

/** How a type of the format becomes one of ours. */
export interface StoredType {
  /** Of one value. */
  readonly bytes: number;
  readonly dtype: HostTensor['dtype'];
  /** Values of a copy that starts at 0. */
  readonly decode: (copy: ArrayBuffer, name: string) => HostTensor['values'];
}

/** The types that can be read, by their names in the format. Half precision is widened, double precision rounded. */
export const STORED_TYPES: Readonly<Record<string, StoredType>> = {
  F32: { bytes: 4, dtype: 'float32', decode: (copy) => new Float32Array(copy) },
  F16: { bytes: 2, dtype: 'float32', decode: (copy) => Float32Array.from(new Uint16Array(copy), half) },
  BF16: { bytes: 2, dtype: 'float32', decode: (copy) => new Float32Array(Uint32Array.from(new Uint16Array(copy), (bits) => bits << 16).buffer) },
  F64: { bytes: 8, dtype: 'float32', decode: (copy) => Float32Array.from(new Float64Array(copy)) },
  I32: { bytes: 4, dtype: 'int32', decode: (copy) => new Int32Array(copy) },
  I64: { bytes: 8, dtype: 'int32', decode: (copy, name) => Int32Array.from(new BigInt64Array(copy), (value) => narrow(value, name)) },
};

/** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction);
}

function narrow(value: bigint, name: string): number {
  if (BigInt.asIntN(32, value) === value) return Number(value);
  throw new RangeError(`'${name}' has the I64 value ${value}, which does not fit into int32`);
}
