import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type DataConfig, resolveDataConfig } from '@hypersphere/data';
import { HypersphereError, visible } from '@hypersphere/engine';

import type { Experiment } from './define-experiment';

/** Images of the user's own in place of an experiment's data. */
export interface OwnData {
  /** The folder below which its sets are; what HYPERSPHERE_DATA would name. */
  readonly root: string;
  readonly train: string;
  readonly validation?: string;
  readonly test?: string;
  /** Height, width, channels; the experiment's own if not given. */
  readonly size?: readonly [number, number, number];
}

const variable = 'HYPERSPHERE_OWN_DATA';
const commands = ['reproduce', 'ablate', 'train', 'report', 'table', 'figure', 'explain', 'verify'];

/** Whether this process works on images of the user's own: its results are no results of a paper. */
export const hasOwnData = (): boolean => (process.env[variable] ?? '') !== '';

/** The words that tell another command of the same images; none if this process has none. */
export function ownDataWords(): string[] {
  const text = process.env[variable] ?? '';
  if (text === '') return [];
  const { root, train, test, size } = JSON.parse(text) as OwnData;
  const path = test === undefined ? join(root, train) : root;
  return [`--data="folder:${path}"`, ...(size === undefined ? [] : [`--image-size=${size.join('x')}`])];
}

/**
 * Takes `--data folder:PATH` (of `evaluate`: `--trained-on folder:PATH`) from the command line and notes it in the environment, which
 * processes of runs inherit. Results then go to `results/adhoc/NAME`, apart from those of the papers.
 *
 * @returns 0, or the exit code of wrong usage, which it explains
 */
export function takeOwnData(args: string[], env: NodeJS.ProcessEnv): number {
  const option = args[2] === 'evaluate' ? '--trained-on' : commands.includes(args[2] ?? '') ? '--data' : undefined;
  const given = option === undefined ? undefined : take(args, option);
  if (given === undefined) return 0;
  try {
    const size = take(args, '--image-size');
    const own = ownDataOf(given);
    if (own === undefined) throw usage(`${option}: expected folder:PATH, received '${visible(given)}'`);
    env['HYPERSPHERE_DATA'] = own.root;
    env[variable] = JSON.stringify({ ...own, ...(size !== undefined && { size: sizeOf(size) }) });
    env['HYPERSPHERE_RESULTS'] = join(resolve(env['HYPERSPHERE_RESULTS'] || join(__dirname, '../../../results')), 'adhoc', basename(own.test === undefined ? own.train : own.root));
    return 0;
  } catch (error) {
    if (!(error instanceof HypersphereError)) throw error;
    console.error(`\n${error.message}`);
    return error.exitCode;
  }
}

/** Removes `--option value` or `--option=value`. */
function take(args: string[], option: string): string | undefined {
  const at = args.findIndex((arg) => arg === option || arg.startsWith(`${option}=`));
  if (at < 0) return undefined;
  const [taken = ''] = args.splice(at, 1);
  return taken === option ? args.splice(at, 1)[0] : taken.slice(option.length + 1);
}

/**
 * What `folder:PATH` names: folders `train` and `test` (and `validation`, if it is there) of classes, or classes, which are then split.
 *
 * @returns undefined if it is no such text
 * @throws HypersphereError (usage) if there is no such folder
 */
export function ownDataOf(given: string): OwnData | undefined {
  if (!given.startsWith('folder:')) return undefined;
  const path = resolve(given.slice('folder:'.length));
  const isFolder = (at: string) => existsSync(at) && statSync(at).isDirectory();
  if (!isFolder(path)) throw usage(`--data: there is no folder ${visible(given.slice('folder:'.length))}`);
  if (!isFolder(join(path, 'train')) || !isFolder(join(path, 'test'))) return { root: dirname(path), train: basename(path) };
  return { root: path, train: 'train', test: 'test', ...(isFolder(join(path, 'validation')) && { validation: 'validation' }) };
}

function sizeOf(text: string): readonly [number, number, number] {
  const [, height, width, channels] = /^(\d+)x(\d+)x([13])$/.exec(text) ?? [];
  if (height === undefined) throw usage(`--image-size: expected HEIGHTxWIDTHxCHANNELS with 1 or 3 channels, e.g. 32x32x3, received '${visible(text)}'`);
  return [Number(height), Number(width), Number(channels)];
}

/** The experiment with its data replaced in every profile and variant, if the command line says so. */
export function withOwnData(experiment: Experiment): Experiment {
  const text = process.env[variable] ?? '';
  if (text === '') return experiment;
  const own = JSON.parse(text) as OwnData;
  const profiles = Object.entries(experiment.profiles).map(([name, profile]) => {
    const resize: typeof profile.resize = (config) => {
      const sized = profile.resize?.(config) ?? config;
      return { ...sized, data: ownConfig(own, sized.data) };
    };
    return [name, { ...profile, resize }] as const;
  });
  return { ...experiment, profiles: Object.fromEntries(profiles) as unknown as Experiment['profiles'] };
}

/** The data config of own images, of the size of those they replace unless another was asked for. */
export function ownConfig({ train, validation, test, size }: OwnData, replaced: DataConfig): DataConfig {
  const [height, width, channels] = size ?? shapeOf(replaced);
  const sets = { train, ...(validation !== undefined && { validation }), ...(test !== undefined && { test }) };
  return { name: 'folder', ...sets, height, width, channels: channels === 1 ? 1 : 3 };
}

function shapeOf(data: DataConfig): readonly [number, number, number] {
  const config = resolveDataConfig(data);
  if (config.name === 'posts') throw usage('--data: this experiment reads texts, not images');
  if (config.name === 'generated' || config.name === 'folder') return [config.height, config.width, config.channels];
  return ({ hangul: [32, 32, 1], typefaces: [32, 96, 1], mnist: [28, 28, 1], cifar10: [32, 32, 3] } as const)[config.name];
}

const usage = (message: string): HypersphereError => new HypersphereError(message, { exitCode: 2 });
