import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processor, HypersphereError, isEngineNoise } from '@hypersphere/engine';

import type { BenchItem, CurveItem, CurvePoint, CurveResult, ItemResult, Measured, Side } from './item';
import { checkAgreement } from './check-agreement';
import { median } from './median';
import type { StepTimes } from './profile/kernels';
import { medianStep } from './profile/summarise';

export interface RunOptions {
  /** Every side runs once in each round, in turn, so that all see the same machine. */
  readonly rounds: number;
  readonly python: string;
  readonly log: (line: string) => void;
}

/** Runs all sides of an item in turn, each in a process of its own. */
export async function runItem(item: BenchItem, options: RunOptions): Promise<ItemResult> {
  const folder = item.prepare && mkdtempSync(join(tmpdir(), 'hypersphere-bench-'));
  try {
    item.prepare?.(folder ?? '', item.sides[0]?.settings ?? {});
    return await runSides(item, folder, options);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** The same item with smaller settings. */
export function scaledItem(item: BenchItem, scale: number): BenchItem {
  const smaller = (settings: Side['settings']): Side['settings'] =>
    Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, typeof value === 'number' && item.scaled?.includes(key) ? Math.round(value * scale) : value]));
  return { ...item, sides: item.sides.map((side) => ({ ...side, settings: smaller(side.settings) })) };
}

async function runSides(item: BenchItem, folder: string | undefined, { rounds, python, log }: RunOptions): Promise<ItemResult> {
  const results = item.sides.map((side) => ({ side, rounds: [] as number[], peaks: [] as number[] }));
  const versions = new Set<string>();
  for (let round = 1; round <= rounds; round++) {
    const checks: [string, Measured['check']][] = [];
    for (const result of results) {
      const { side } = result;
      const measured = await measure(folder === undefined ? side : { ...side, settings: { ...side.settings, folder } }, python);
      result.rounds.push(rounded(median(measured.milliseconds)));
      if (measured.peakMegabytes !== undefined) result.peaks.push(Math.round(measured.peakMegabytes));
      measured.versions.forEach((version) => versions.add(version));
      checks.push([side.name, measured.check]);
      log(`${item.id} round ${round} of ${rounds}: ${side.name} ${result.rounds.at(-1)} ms${result.peaks.length > 0 ? `, ${result.peaks.at(-1)} MB` : ''}`);
    }
    checkAgreement(item, checks);
  }
  const kernels = await profiled(item);
  const { id, title, unit, target } = item;
  const sides = results.map(({ side: { name, role }, rounds: medians, peaks }) => ({ name, role, rounds: medians, ...(peaks.length > 0 && { peakMegabytes: Math.max(...peaks) }) }));
  return { id, title, unit, target, sides, machine: machineName(), versions: [...versions].sort(), ...(kernels && { kernels }) };
}

async function profiled({ id, profile }: BenchItem): Promise<StepTimes | undefined> {
  if (profile === undefined) return undefined;
  const command = [process.execPath, '-r', './tools/register.cjs', profile.script, JSON.stringify(profile.settings)];
  return medianStep((await lastLine(`${id}, profile`, command)) as StepTimes[]);
}

/** Processor and what of it matters to speed. */
export function machineName(): string {
  const { model, instructionSets } = processor();
  return [model, ...instructionSets].join(' ');
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
        log(`${item.id} ${item.along} ${size}, round ${round} of ${rounds}: ${side.name} ${rounded(median(measured.milliseconds))} ms, ${Math.round(measured.peakMegabytes ?? NaN)} MB`);
      }
    }
    series.forEach(({ points }, at) => points.push(pointOf(size, runs[at] ?? [])));
  }
  const { id, title, unit, along, extrapolateTo } = item;
  const named = series.map(({ side: { name, role }, points }) => ({ name, role, points }));
  return { id, title, unit, along, extrapolateTo, series: named, machine: machineName(), versions: [...versions].sort() };
}

function pointOf(size: number, runs: readonly Measured[]): CurvePoint {
  const milliseconds = rounded(median(runs.map((run) => median(run.milliseconds))));
  return { size, milliseconds, peakMegabytes: Math.round(Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes ?? NaN))) };
}

const rounded = (milliseconds: number): number => Number(milliseconds.toPrecision(4));

async function measure({ name, program, script, settings }: Side, python: string): Promise<Measured> {
  const command = program === 'python' ? [python, script] : [process.execPath, '-r', './tools/register.cjs', script];
  return (await lastLine(name, [...command, JSON.stringify(settings)])) as Measured;
}

/** Runs a program and reads the JSON of its last line. */
export function lastLine(name: string, [executable = '', ...parameters]: readonly string[]): Promise<unknown> {
  const child = spawn(executable, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) return done(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
      const said = stderr.split('\n').filter((line) => line !== '' && !isEngineNoise(line)).slice(-8);
      failed(new HypersphereError(`bench: '${name}' ended with ${code}: ${said.join('\n')}`));
    });
  });
}
