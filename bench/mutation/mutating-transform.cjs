/** What jest reads in place of the TypeScript files: swc's work, on a source in which one mutant is applied. */
const path = require('node:path');
const { createTransformer } = require('@swc/jest');

const ROOT = path.join(__dirname, '..', '..');
const mutant = JSON.parse(process.env.HYPERSPHERE_MUTANT ?? 'null');
const changed = (source, file) => (mutant !== null && path.relative(ROOT, file) === mutant.file ? source.slice(0, mutant.start) + mutant.to + source.slice(mutant.end) : source);

const swc = createTransformer({});
module.exports = {
  ...swc,
  process: (source, file, options) => swc.process(changed(source, file), file, options),
  getCacheKey: (source, file, options) => swc.getCacheKey(changed(source, file), file, options),
};
