import type { Environment, RunRecord } from '../run-record';
import type { RunExplanation } from './explain-run';
import { sparkline } from './sparkline';

export type Line = readonly [name: string, text: string];

/** Everything about a run, a line a fact. */
export function runLines({ record, names, files, configDigest, why, repeat, verify }: RunExplanation): Line[] {
  const commands: Line[] = [
    ...(repeat === undefined ? [] : [['repeat', `${repeat.command}${repeat.note === undefined ? '' : `  (${repeat.note})`}`] as const]),
    ...(verify === undefined ? [] : [['check', verify] as const]),
  ];
  const reasons = why.map((text): Line => ['why', text]);
  if (record === undefined) return [...reasons, ...commands];
  return [
    ...reasons,
    ['called', names.map(({ paper, variants }) => `${variants.map((name) => `'${name}'`).join(' = ')} in ${paper}`).join('; ') || 'nothing by now'],
    ['code', `${codeWords(record)}; training version ${record.trainingVersion}`],
    ['data', `${record.config.data.name}; manifest ${record.manifestDigest}; packed ${record.packedDigest || 'none'}`],
    ['engine', engineWords(record.environment)],
    ['machine', `${record.environment.cpu}; ${record.environment.os}`],
    ['took', tookWords(record)],
    ...curveLines(record.curve),
    ['config', configDigest ?? ''],
    ['record', `${files.join('; ')}; SHA-256 ${record.digest}, as it should be`],
    ...commands,
  ];
}

/** The resolved config, a line a section. */
export function configLines({ record }: RunExplanation): Line[] {
  return Object.entries(record?.config ?? {}).map(([section, value]) => [section, JSON.stringify(value)]);
}

function codeWords({ commit, changes }: RunRecord): string {
  if (commit === undefined) return 'commit unknown: no git repository';
  return `commit ${commit}, ${changes === undefined ? 'no changes outside results' : `with uncommitted changes of digest ${changes}: that commit alone is not what ran`}`;
}

function engineWords({ tensorflow, tfjs, device, threads, xla, node }: Environment): string {
  return [`TensorFlow ${tensorflow}`, `tfjs ${tfjs}`, device, `${threads} ${threads === 1 ? 'thread' : 'threads'}`, ...(xla === true ? ['XLA'] : []), `Node ${node}`].join(', ');
}

function tookWords({ steps, seconds, startSeconds, examplesPerSecond, peakMemoryBytes }: RunRecord): string {
  const start = startSeconds === undefined ? '' : `, first step after ${startSeconds} s`;
  return `${steps} steps in ${seconds} s${start}; ${examplesPerSecond} examples/s; peak memory ${Math.round(peakMemoryBytes / 2 ** 20)} MiB`;
}

/** Loss and each validation metric: the line, its first and its last value. */
function curveLines(curve: RunRecord['curve']): Line[] {
  if (curve.length === 0) return [];
  const names = [...new Set(curve.flatMap(({ validation = {} }) => Object.keys(validation)))];
  const last = curve.at(-1);
  return [
    ['curve', `${ends('loss', curve.map(({ loss }) => loss))}, steps ${curve[0]?.step} to ${last?.step}`],
    ...names.map((name): Line => ['', ends(`validation ${name}`, curve.flatMap(({ validation }) => validation?.[name] ?? []))]),
  ];
}

function ends(name: string, values: readonly (number | null)[]): string {
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? 'not finite' : value.toPrecision(4));
  return `${sparkline(values)} ${name} ${text(values[0])} to ${text(values.at(-1))}`;
}
