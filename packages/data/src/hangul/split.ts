import { randomStream } from '@hypersphere/engine';
import { type ConfigOf, outsiderClasses } from '../config';
import type { Role } from '../role';
import { syllables } from './syllables';
import { type HangulTypeface, hangulTypefaces } from './typefaces';

export interface HangulPart {
  readonly syllables: readonly string[];
  readonly typefaces: readonly HangulTypeface[];
}

export interface HangulSplit {
  readonly train: HangulPart;
  readonly validation: HangulPart;
  readonly test: HangulPart;
  readonly distractors: HangulPart;
  /** Syllables of no other part, in the training typefaces: images for open-set label noise. */
  readonly outsiders: HangulPart;
}

/**
 * Which syllables and typefaces serve for what.
 *
 * Syllables: train, validation and outsiders come from the 1,200 development syllables, test and distractors from the other 1,150.
 * Each half is shuffled by the split seed; train (test) takes the first, validation (distractors) the last, so that a config
 * with more training classes keeps its validation classes, and the training classes of a smaller one.
 *
 * Typefaces, protocol `unseen-typefaces`: 16 train, 2 validate, 5 test, by the table. Validation images so are unseen syllables in
 * unseen typefaces, as test images are, and no typeface of the test is looked at before the test. Two images a class are few:
 * take many validation classes. The 5 test typefaces give 10 genuine pairs a syllable (600 syllables: 6,000).
 * Protocol `seen-typefaces`: all 23 in every part; syllables stay apart.
 */
export function hangulSplit(config: ConfigOf<'hangul'>): HangulSplit {
  const { trainClasses, validationClasses, testClasses, distractorClasses } = config;
  const development = shuffled(syllables.development, config.splitSeed, 'development');
  const final = shuffled(syllables.final, config.splitSeed, 'final');
  const outsiders = outsiderClasses(config);
  const of = (role: Role) => typefacesOf(config, role);
  return {
    train: { syllables: development.slice(0, trainClasses), typefaces: of('train') },
    validation: { syllables: last(development, validationClasses), typefaces: of('validation') },
    test: { syllables: final.slice(0, testClasses), typefaces: of('test') },
    distractors: { syllables: last(final, distractorClasses), typefaces: of('test') },
    outsiders: { syllables: development.slice(trainClasses, trainClasses + outsiders), typefaces: of('train') },
  };
}

function typefacesOf(config: ConfigOf<'hangul'>, role: Role): readonly HangulTypeface[] {
  if (config.protocol === 'seen-typefaces') return hangulTypefaces;
  const own = hangulTypefaces.filter((typeface) => typeface.role === role);
  return role === 'train' ? own.slice(0, config.trainTypefaces) : own;
}

const shuffled = (items: readonly string[], seed: number, half: string) =>
  randomStream(seed, 'generated-data', 'hangul', 'split', half).shuffle(items);

const last = <T>(items: readonly T[], count: number) => items.slice(items.length - count);
