import { startEngine } from '@hypersphere/engine';

/** Loads the native engine with its kernels, for the tests that run on both backends. */
export const startNative = (): Promise<unknown> => startEngine();
