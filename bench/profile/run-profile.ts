import { join } from 'node:path';

import { lastLine, machineName } from '../run-item';
import type { KernelsMeasured, StepTimes } from './kernels';
import { profileSizes } from './sizes';
import { medianStep } from './summarise';

const SIDES = ['before', 'after'] as const;

export interface SizeProfile extends Record<(typeof SIDES)[number], StepTimes> {
  readonly id: string;
  readonly title: string;
}

export interface Profile {
  readonly sizes: readonly SizeProfile[];
  readonly rounds: number;
  readonly machine: string;
  readonly versions: readonly string[];
}

export interface ProfileOptions {
  readonly rounds: number;
  readonly log: (line: string) => void;
}

/** Time by kernel of an eager step, with the ops of tfjs alone and with ours, in turn, each in a process of its own. */
export async function runProfile({ rounds, log }: ProfileOptions): Promise<Profile> {
  const versions = new Set<string>();
  const sizes: SizeProfile[] = [];
  for (const { id, title } of profileSizes()) {
    const steps = { before: [] as StepTimes[], after: [] as StepTimes[] };
    for (let round = 1; round <= rounds; round++) {
      for (const side of SIDES) {
        const command = [process.execPath, '-r', './tools/register.cjs', join(__dirname, 'kernels.ts'), JSON.stringify({ size: id, side })];
        const measured = (await lastLine(`profile ${id} ${side}`, command)) as KernelsMeasured;
        steps[side].push(...measured.steps);
        measured.versions.forEach((version) => versions.add(version));
      }
      log(`profile ${id} round ${round} of ${rounds}: ${SIDES.map((side) => `${side} ${medianStep(steps[side]).milliseconds.toFixed(1)} ms`).join(', ')}`);
    }
    sizes.push({ id, title, before: medianStep(steps.before), after: medianStep(steps.after) });
  }
  return { sizes, rounds, machine: machineName(), versions: [...versions].sort() };
}
