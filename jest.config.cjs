// Jest on Node 20 cannot require() ESM, so the ESM-only packages are mapped to the UMD builds they ship.
const path = require('node:path');
const at = (spec, file) => path.join(path.dirname(require.resolve(spec)), file);
module.exports = {
  testEnvironment: '<rootDir>/jest.environment.cjs',
  roots: ['<rootDir>/packages', '<rootDir>/experiments', '<rootDir>/tools', '<rootDir>/bench'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/generators/files/', '/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  moduleNameMapper: {
    '^vega$': at('vega/vega-schema.json', 'vega.js'),
    '^vega-lite$': at('vega-lite/vega-lite-schema.json', 'vega-lite.min.js'),
    '^arquero$': path.join(__dirname, 'node_modules/arquero/dist/arquero.js'),
  },
};
