import { digestOf } from '../canonical-json';
import type { ConfigOf } from '../config';
import type { DataSource } from '../data-source';
import { pinned } from '../fetch/pinned-package';
import { renderer } from '../render/renderer';
import { hangulDrawing } from './draw';
import { makeHangul } from './make';
import { type HangulPart, hangulSplit } from './split';
import { hangulTypefaces } from './typefaces';

const usual: Pick<ConfigOf<'hangul'>, 'trainClasses' | 'validationClasses' | 'testClasses' | 'distractorClasses'> = {
  trainClasses: 600, validationClasses: 400, testClasses: 600, distractorClasses: 400,
};

export const hangul: DataSource<'hangul'> = {
  title: 'Hangul syllables in 23 Korean typefaces, 32x32 grey',
  standsFor: 'fine-grained retrieval and face verification: class = syllable, image = typeface, unseen classes at test',
  licences: 'OFL-1.1',
  source: '23 @fontsource packages; syllables of KS X 1001',
  packages: (config) => {
    const parts = config === undefined ? [{ typefaces: hangulTypefaces }] : Object.values<HangulPart>({ ...hangulSplit(config) });
    const used = new Set(parts.flatMap(({ typefaces }) => typefaces));
    return hangulTypefaces.filter((typeface) => used.has(typeface)).map(({ packageName, file }) => pinned(packageName, [file]));
  },
  renderedBytes: (config) => {
    const { trainClasses, validationClasses, testClasses, distractorClasses } = config ?? usual;
    return (trainClasses * 16 + validationClasses * 2 + (testClasses + distractorClasses) * 5) * hangulDrawing.sizePixels ** 2;
  },
  rule: (config) => ({
    split: 'hangul 1: halves of KS X 1001 shuffled by the split seed; first to train and test, last to validation and distractors',
    protocol: config.protocol,
    parts: Object.fromEntries(
      Object.entries({ ...hangulSplit(config) } as Record<string, HangulPart>).map(([name, { syllables, typefaces }]) => [
        name,
        { classes: syllables.length, classesDigest: digestOf(syllables.join('')), typefaces: typefaces.map(({ id }) => id) },
      ]),
    ),
    validation: config.protocol === 'unseen-typefaces' ? 'unseen development syllables in 2 typefaces that serve nothing else' : 'unseen development syllables in all typefaces',
    drawing: { renderer, ...hangulDrawing, dropped: 'blank images and equal images of two syllables in one typeface' },
  }),
  make: makeHangul,
};
