import { startEngine } from '@hypersphere/engine';
import { onEachBackend } from '@hypersphere/testing';

/** Runs tests on tfjs's own `cpu` backend, where losses are made of stock operations, and on the native engine with its kernels. */
export function onBackends(name: string, body: (backend: string) => void): void {
  onEachBackend(name, startEngine, body);
}

/** Runs tests on tfjs's `cpu` backend alone, where the many variants of a loss are cheap. */
export function onCpu(name: string, body: (backend: string) => void): void {
  onEachBackend(name, undefined, body);
}
