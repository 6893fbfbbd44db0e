import { resolve } from 'node:path';

/** The root of the repository. */
export const WORKSPACE = resolve(__dirname, '../../..');

/** Where records, tables and figures go; tests point `HYPERSPHERE_RESULTS` elsewhere. */
export const RESULTS = resolve(process.env['HYPERSPHERE_RESULTS'] || resolve(WORKSPACE, 'results'));

/** The experiments; tests point `HYPERSPHERE_EXPERIMENTS` at small ones. */
export const EXPERIMENTS = resolve(process.env['HYPERSPHERE_EXPERIMENTS'] || resolve(WORKSPACE, 'experiments'));
