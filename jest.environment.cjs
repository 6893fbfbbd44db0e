const { TestEnvironment } = require('jest-environment-node');

// A test's own process.env is a copy that TensorFlow does not see: what the engine sets is set here for it too.
process.env.TF_ENABLE_ONEDNN_OPTS = '1';
// TensorFlow's start-up lines would drown the report of the tests.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

// The native engine makes typed arrays in the outer realm: give tests those same constructors.
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, {
      Float32Array, Float64Array, Int32Array, Uint32Array, Int8Array, Uint8Array, Uint8ClampedArray,
      Int16Array, Uint16Array, BigInt64Array, BigUint64Array, ArrayBuffer,
    });
  }
};
