// The native engine makes typed arrays in the outer realm: give tests those same constructors.
const { TestEnvironment } = require('jest-environment-node');
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, {
      Float32Array, Float64Array, Int32Array, Uint32Array, Int8Array, Uint8Array, Uint8ClampedArray,
      Int16Array, Uint16Array, BigInt64Array, BigUint64Array, ArrayBuffer,
    });
  }
};
