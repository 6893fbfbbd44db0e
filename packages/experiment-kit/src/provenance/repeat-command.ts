import type { Experiment, ProfileName } from '../define-experiment';
import { ownDataWords } from '../own-data';
import { configOf } from '../plan';
import type { RunConfig } from '../run-config';
import { identify } from '../run-identity';
import type { RunRecord } from '../run-record';
import { nxCommand, option } from './command-words';

/** Of a record, or of a run that has none yet. `profile`: the folder of its store. */
export type Repeatable = Pick<RunRecord, 'id' | 'seed' | 'variants' | 'config' | 'profile' | 'commit'>;

export interface Repeat {
  /** What a person types. */
  readonly command: string;
  /** What has to be done before, or what else is to be known. */
  readonly note?: string;
}

/**
 * The command that repeats a stored run exactly: `train` for a variant of the experiment; `verify` for a point of a study, which has
 * no variant of its own. For what this version of the code would train otherwise, the same at the commit that made it.
 */
export function repeatCommand(record: Repeatable, experiment: Experiment, profile: ProfileName): Repeat {
  const asTrained = (variant: string): RunConfig => withExecution(configOf(experiment, variant, profile), record.config);
  const variants = record.variants.filter((name) => Object.hasOwn(experiment.variants, name));
  const variant = variants.find((name) => identify(asTrained(name), record.seed).id === record.id);
  if (variant !== undefined) return { command: trainCommand(variant, record, experiment, profile), ...weightsNote(record) };
  if (canRepeat(record)) return { command: verifyCommand(record, experiment.id, profile) };
  const [name] = variants;
  const note = `the code, the data or the experiment has changed since${record.commit === undefined ? '' : `: git checkout ${record.commit}`}`;
  return { command: name === undefined ? verifyCommand(record, experiment.id, profile) : trainCommand(name, record, experiment, profile), note };
}

/** Whether this version of the code trains, from the record's config and seed, the run that the record is of. */
export const canRepeat = ({ id, config, seed }: Repeatable): boolean => identify(config, seed).id === id;

/** Trains one stored run again, apart from the store, and compares. */
export function verifyCommand({ id, profile: store }: Repeatable, experiment: string, profile: ProfileName): string {
  return nxCommand(experiment, 'verify', [option('run', id), ...(store === 'search' ? ['--search'] : [option('profile', profile)]), ...ownDataWords()]);
}

function trainCommand(variant: string, { seed, config: { execution, backbone } }: Repeatable, experiment: Experiment, profile: ProfileName): string {
  const usual = configOf(experiment, variant, profile).execution;
  return nxCommand(experiment.id, 'train', [
    option('variant', variant),
    option('seed', seed),
    option('profile', profile),
    '--fresh',
    ...(execution.mode === 'eager' && usual.mode !== 'eager' ? ['--eager'] : []),
    ...(execution.precision === usual.precision ? [] : [option('precision', execution.precision)]),
    ...(execution.xla === true && usual.xla !== true ? ['--xla'] : []),
    ...(backbone.weights === undefined ? [] : [option('weights', backbone.weights.file)]),
    ...ownDataWords(),
  ]);
}

/** How a run was executed, and which weights it started from, are given on the command line. */
function withExecution(config: RunConfig, { execution, backbone: { weights } }: RunConfig): RunConfig {
  const { mode, precision, xla } = execution;
  const backbone = weights === undefined ? config.backbone : { ...config.backbone, weights };
  return { ...config, backbone, execution: { ...config.execution, mode, precision, ...(xla === true && { xla }) } };
}

function weightsNote({ config: { backbone } }: Repeatable): Pick<Repeat, 'note'> {
  return backbone.weights === undefined ? {} : { note: `with the file of SHA-256 ${backbone.weights.sha256}` };
}
