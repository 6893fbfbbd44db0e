import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe } from '@jest/globals';

/**
 * Runs `body`'s tests on tfjs's own `cpu` backend and, where `start` is given, on the native engine:
 * `start` must load it and register its kernels (packages/engine: `startEngine`).
 */
export function onEachBackend(name: string, start: (() => Promise<unknown>) | undefined, body: (backend: string) => void): void {
  const backends = start === undefined ? ['cpu'] : ['cpu', 'tensorflow'];
  describe.each(backends)(`${name} on %s`, (backend) => {
    beforeAll(async () => {
      if (backend === 'tensorflow') await start?.();
      await tf.setBackend(backend);
    });
    body(backend);
  });
}
