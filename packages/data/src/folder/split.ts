import { HypersphereError } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { Role } from '../role';
import { rootVariable } from './data-root';
import type { ListedClass, ListedSet } from './list-set';
import { shownName, shownNames } from './shown-name';

export interface FolderPart {
  /** Name of the set that the classes come from. */
  readonly set: string;
  readonly classes: readonly ListedClass[];
}

/** The sets that a config names; without one for validation or test, training gives a part of its own. */
export interface ListedSets {
  readonly train: ListedSet;
  readonly validation?: ListedSet;
  readonly test?: ListedSet;
}

type Config = Pick<ConfigOf<'folder'>, 'minImagesPerClass' | 'excludeClasses'>;
type Log = ((line: string) => void) | undefined;

/** Fewer classes leave no pair of two classes. */
const leastClasses = 2;

/**
 * What trains, validates and tests. Classes with too few images and excluded classes (of training and validation) are left out;
 * if no set is for the test, the second half of the classes is, as in CUB-200 and Cars; if none is for validation, the last tenth of the
 * training classes is, at least two.
 *
 * @param config resolved
 * @param sets as listed
 * @param log hears how much is left out
 * @throws HypersphereError if a part has fewer than two classes
 */
export function folderSplit(config: Config, sets: ListedSets, log?: Log): Readonly<Record<Role, FolderPart>> {
  const excluded = namesOf(config.excludeClasses);
  for (const set of [sets.train, sets.validation, sets.test]) if (set) noteAlike(set, log);
  noteUnknown(config.excludeClasses, [sets.train, ...(sets.validation ? [sets.validation] : [])], log);
  const { training, test } = trainingAndTest(config, sets, log);
  if (sets.validation) return { train: training, validation: usable(sets.validation, config, excluded, log), test };
  const held = Math.max(leastClasses, Math.floor(training.classes.length / 10));
  const kept = training.classes.length - held;
  if (kept < leastClasses) {
    throw new HypersphereError(
      `data.folder: ${shownName(training.set)} has ${training.classes.length} usable classes, expected at least ${2 * leastClasses}: ${leastClasses} to train, ${leastClasses} to validate. Add classes, or name a set of its own in data.validation`,
    );
  }
  log?.(`validation: the last ${held} of the ${training.classes.length} classes of ${shownName(training.set)}, which do not train`);
  return {
    train: { set: training.set, classes: training.classes.slice(0, kept) },
    validation: { set: training.set, classes: training.classes.slice(kept) },
    test,
  };
}

function trainingAndTest(config: Config, sets: ListedSets, log: Log): { training: FolderPart; test: FolderPart } {
  const excluded = namesOf(config.excludeClasses);
  const test = sets.test && usable(sets.test, config, new Set(), log);
  const training = usable(sets.train, config, excluded, log);
  if (test) {
    noteShared(training, test, log);
    return { training, test };
  }
  const { set, classes } = training;
  const kept = Math.ceil(classes.length / 2);
  if (classes.length - kept < leastClasses) {
    throw new HypersphereError(`data.folder: ${shownName(set)} has ${classes.length} usable classes, expected at least ${2 * leastClasses}, half of them to test. Add classes, or name a set of its own in data.test`);
  }
  log?.(`test: the last ${classes.length - kept} of the ${classes.length} classes of ${shownName(set)}, which neither train nor validate`);
  return { training: { set, classes: classes.slice(0, kept) }, test: { set, classes: classes.slice(kept) } };
}

function usable({ name, classes, ignored }: ListedSet, { minImagesPerClass }: Config, excluded: ReadonlySet<string>, log: Log): FolderPart {
  const wanted = classes.filter((one) => !excluded.has(plainName(one.name)));
  const large = wanted.filter(({ images }) => images.length >= minImagesPerClass);
  const images = large.reduce((sum, one) => sum + one.images.length, 0);
  const left = [
    [classes.length - wanted.length, 'classes that are excluded'],
    [wanted.length - large.length, `classes with fewer than ${minImagesPerClass} images`],
    [ignored, 'entries that are no JPEG, PNG or WebP image in the folder of a class'],
  ] as const;
  const words = left.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  log?.(`${shownName(name)}: ${images} images of ${large.length} classes${words.length > 0 ? `; left out: ${words.join(', ')}` : ''}`);
  if (large.length < leastClasses) {
    const found = large.length === 0 ? 'no class' : `only ${large.length} class`;
    throw new HypersphereError(
      `data.folder: ${shownName(name)} in the folder that ${rootVariable} names has ${found} to use, expected at least ${leastClasses}, each a folder with ${minImagesPerClass} or more JPEG, PNG or WebP images${words.length > 0 ? ` (left out: ${words.join(', ')})` : ''}`,
    );
  }
  return { set: name, classes: large };
}

function noteUnknown(excluded: readonly string[], sets: readonly ListedSet[], log: Log): void {
  const there = namesOf(sets.flatMap(({ classes }) => classes.map(({ name }) => name)));
  const unknown = excluded.filter((name) => !there.has(plainName(name)));
  if (unknown.length > 0) log?.(`excludeClasses: ${unknown.length} names are in no set: ${shownNames(unknown)}`);
}

function noteShared(train: FolderPart, test: FolderPart, log: Log): void {
  const tested = namesOf(test.classes.map(({ name }) => name));
  const shared = train.classes.flatMap(({ name }) => (tested.has(plainName(name)) ? [name] : []));
  if (shared.length > 0) {
    log?.(`${shared.length} classes of training have the name of a class of the test: ${shownNames(shared)}. If they are the same, name them in data.excludeClasses`);
  }
}

/** Classes stay as they are, whatever they are called; but one person in two spellings would be two classes. */
function noteAlike({ name, classes }: ListedSet, log: Log): void {
  const spellings = new Map<string, string[]>();
  for (const one of classes) {
    const key = plainName(one.name).toLowerCase();
    spellings.set(key, [...(spellings.get(key) ?? []), one.name]);
  }
  const alike = [...spellings.values()].filter((names) => names.length > 1).flat();
  if (alike.length > 0) log?.(`${shownName(name)}: ${alike.length} classes have names that differ only in case or in how Unicode writes an accent: ${shownNames(alike)}. Each is a class of its own`);
}

/** Names of classes are compared as they look: one file system composes accents, another takes them apart. */
const plainName = (name: string): string => name.normalize('NFC');
const namesOf = (names: readonly string[]): ReadonlySet<string> => new Set(names.map(plainName));
