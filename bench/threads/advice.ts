import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeIfChanged } from '@hypersphere/reporting';

import type { ItemResult } from '../item';
import { ratioOf } from '../summarise';

const DECISION = join(__dirname, '..', '..', 'docs', 'decisions', '0007-one-thread-a-run.md');
const MEASURED = /(<!-- npm run bench -- threads-quick threads-standard -->\n)[^]*?(\n<!-- end -->)/;

type Result = Pick<ItemResult, 'id' | 'sides' | 'machine'>;

/** What the measured ratios say about the threads of a run; nothing if they were not measured. */
export function threadsAdvice(results: readonly Result[]): string | undefined {
  const measured = results.filter(({ id }) => id.startsWith('threads-'));
  const [first] = measured;
  if (first === undefined) return undefined;
  // A ratio is of milliseconds a step: its inverse is of throughput.
  const gains = measured.map((result) => ({ profile: result.id.replace('threads-', ''), gain: 1 / ratioOf(result).value }));
  const facts = gains.map(({ profile, gain }) => `${gain.toFixed(2)} times as many steps in the ${profile} profile`).join(', ');
  const [more, fewer] = [gains.every(({ gain }) => gain > 1), gains.every(({ gain }) => gain < 1)];
  const advice = more ? 'train with one thread a run, and as many runs at once as there are cores' : fewer ? 'train with two threads a run' : 'choose by the profile';
  return `Two runs of one thread finish ${facts}, against one run of two threads on the same two cores (${first.machine}): ${advice}.`;
}

/** Puts the measured sentence into the decision that rests on it. */
export async function writeThreadsDecision(results: readonly Result[]): Promise<void> {
  const advice = threadsAdvice(results);
  if (advice === undefined) return;
  const text = readFileSync(DECISION, 'utf8');
  if (!MEASURED.test(text)) throw new RangeError(`${DECISION}: expected the two comments around the measured sentence`);
  await writeIfChanged(DECISION, text.replace(MEASURED, (_all, before: string, after: string) => `${before}${advice}${after}`));
}
