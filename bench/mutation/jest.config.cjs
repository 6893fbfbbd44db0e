const path = require('node:path');

/** The tests of the packages that are mutated, on mutated sources. */
module.exports = {
  ...require('../../jest.config.cjs'),
  rootDir: path.join(__dirname, '..', '..'),
  roots: ['<rootDir>/packages/core-losses', '<rootDir>/packages/evaluation'],
  transform: { '^.+\\.ts$': path.join(__dirname, 'mutating-transform.cjs') },
};
