import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from '@jest/globals';

import { stepGuard, type TensorsLeft } from '../src/index';

tf.env().set('IS_TEST', true); // no advice about backends in the report

function guarded() {
  const leaks: TensorsLeft[] = [];
  return { leaks, guard: stepGuard((leak) => leaks.push(leak)) };
}

describe('stepGuard', () => {
  it('returns what the step returns and is silent about what it declared', () => {
    const { leaks, guard } = guarded();
    const kept = guard('step 1', () => tf.tidy(() => tf.add(1, 2)), 1);
    expect(leaks).toEqual([]);
    expect(guard('step 2', () => tf.tidy(() => tf.add(kept, 1).dataSync()[0]))).toBe(4);
    expect(leaks).toEqual([]);
  });

  it('names the step and the count', () => {
    const { leaks, guard } = guarded();
    guard('step 7', () => [tf.scalar(1), tf.scalar(2), tf.scalar(3)], 1);
    expect(leaks).toMatchObject([{ step: 'step 7', left: 2 }]);
    expect(leaks[0]?.message).toBe(`step 7: left 2 tensors behind (now ${tf.memory().numTensors})`);
  });

  it('names a step that frees what is not its own', () => {
    const { leaks, guard } = guarded();
    const borrowed = tf.scalar(1);
    guard('step 8', () => borrowed.dispose());
    expect(leaks[0]?.message).toContain('step 8: freed 1 tensor that it had not made');
  });
});
