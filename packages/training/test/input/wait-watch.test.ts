import { expect, it } from '@jest/globals';

import { waitWatch } from '../../src/input/wait-watch';

/** At which of 40 steps, of 100 ms if not said otherwise, the watch first says that the training waits too long. */
function firstWarning(waits: (step: number) => number, takes: (step: number) => number = () => 100): number | undefined {
  let time = 0;
  const watch = waitWatch(() => time);
  for (let step = 1; step <= 40; step++) {
    const end = watch.begin();
    time += waits(step);
    if (end()) return step;
    time += takes(step) - waits(step);
  }
  return undefined;
}

it('warns after sixteen steps with more than 3 % of the time spent waiting', () => {
  expect(firstWarning(() => 4)).toBe(19);
  expect(firstWarning(() => 2.8)).toBeUndefined();
});

it('forgives the first steps', () => {
  expect(firstWarning((step) => (step < 3 ? 90 : 1))).toBeUndefined();
  expect(firstWarning(() => 4, (step) => (step < 3 ? 9000 : 100))).toBe(19);
});

it('sees a training that begins to wait later', () => {
  expect(firstWarning((step) => (step < 25 ? 1 : 10))).toBeGreaterThan(25);
});
