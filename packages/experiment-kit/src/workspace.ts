import { resolve } from 'node:path';

/** The root of the repository. */
export const WORKSPACE = resolve(__dirname, '../../..');

/** Where records, tables and figures go; tests point `HYPERSPHERE_RESULTS` elsewhere. */
export const RESULTS = resolve(process.env['HYPERSPHERE_RESULTS'] ?? resolve(WORKSPACE, 'results'));

export const EXPERIMENTS = resolve(WORKSPACE, 'experiments');
