import { spawn } from 'node:child_process';
import { processor, HypersphereError, isEngineNoise } from '@hypersphere/engine';

import type { BenchItem, CurveItem, CurvePoint, CurveResult, ItemResult, Side } from './item';

export interface RunOptions {
  /** Every side runs once in each round, in turn, so that all see the same machine. */
  readonly rounds: number;
  readonly python: string;
  readonly log: (line: string) => void;
}

interface Measured {
  readonly peakBytes?: number;
  /** What was computed. */
  readonly values?: readonly number[];
  readonly milliseconds: readonly number[];
  readonly versions: readonly string[];
}

/** Runs all sides of an item in turn, each in a process of its own. */
export async function runItem(item: BenchItem, { rounds, python, log }: RunOptions): Promise<ItemResult> {
  const results = item.sides.map((side) => ({ side, rounds: [] as number[] }));
  const versions = new Set<string>();
  for (let round = 1; round <= rounds; round++) {
    let expected: readonly number[] | undefined;
    for (const result of results) {
      const measured = await measure(result.side, python);
      checkValues(result.side.name, measured.values, (expected ??= measured.values));
      result.rounds.push(rounded(median(measured.milliseconds)));
      measured.versions.forEach((version) => versions.add(version));
      log(`${item.id} round ${round} of ${rounds}: ${result.side.name} ${result.rounds.at(-1)} ms`);
    }
  }
  const { model, instructionSets } = processor();
  const { id, title, unit, target } = item;
  const sides = results.map(({ side: { name, role }, rounds: medians }) => ({ name, role, rounds: medians }));
  return { id, title, unit, target, sides, machine: [model, ...instructionSets].join(' '), versions: [...versions].sort() };
}

/** @throws HypersphereError where a side computes something else, so that its time means nothing */
export function checkValues(side: string, got: readonly number[] = [], wanted: readonly number[] = []): void {
  const isClose = wanted.length === got.length && wanted.every((value, at) => Math.abs(value - (got[at] ?? NaN)) <= 1e-3 * Math.abs(value) + 1e-7);
  if (!isClose) throw new HypersphereError(`bench: '${side}' computes ${got.join(', ')} where the first side computes ${wanted.join(', ')}; they are not the same work`);
}

/** Runs all sides of a curve in turn at every size. */
export async function runCurve(item: CurveItem, { rounds, python, log }: RunOptions): Promise<CurveResult> {
  const series = item.sides.map((side) => ({ side, points: [] as CurvePoint[] }));
  const versions = new Set<string>();
  for (const size of item.at) {
    const runs = series.map(() => [] as Measured[]);
    for (let round = 1; round <= rounds; round++) {
      for (const [at, { side }] of series.entries()) {
        const measured = await measure({ ...side, settings: { ...side.settings, [item.along]: size } }, python);
        runs[at]?.push(measured);
        measured.versions.forEach((version) => versions.add(version));
        log(`${item.id} ${item.along} ${size}, round ${round} of ${rounds}: ${side.name} ${rounded(median(measured.milliseconds))} ms, ${Math.round((measured.peakBytes ?? NaN) / 2 ** 20)} MiB`);
      }
    }
    series.forEach(({ points }, at) => points.push(pointOf(size, runs[at] ?? [])));
  }
  const { model, instructionSets } = processor();
  const { id, title, unit, along, extrapolateTo } = item;
  const named = series.map(({ side: { name, role }, points }) => ({ name, role, points }));
  return { id, title, unit, along, extrapolateTo, series: named, machine: [model, ...instructionSets].join(' '), versions: [...versions].sort() };
}

function pointOf(size: number, runs: readonly Measured[]): CurvePoint {
  const milliseconds = rounded(median(runs.map((run) => median(run.milliseconds))));
  return { size, milliseconds, peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes ?? NaN)) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(4));

function measure({ name, program, script, settings }: Side, python: string): Promise<Measured> {
  const command = program === 'python' ? [python, script] : [process.execPath, '-r', 'ts-node/register', script];
  const [executable = '', ...parameters] = [...command, JSON.stringify(settings)];
  const child = spawn(executable, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) return done(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured);
      const said = stderr.split('\n').filter((line) => line !== '' && !isEngineNoise(line)).slice(-8);
      failed(new HypersphereError(`bench: '${name}' ended with ${code}: ${said.join('\n')}`));
    });
  });
}
