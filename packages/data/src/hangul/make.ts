import { setImmediate as breathe } from 'node:timers/promises';
import type { ConfigOf } from '../config';
import type { MadeSets } from '../data-source';
import type { ImageSet } from '../image-set';
import { usableImages } from '../render/usable-images';
import { drawTypeface, hangulDrawing } from './draw';
import { type HangulPart, hangulSplit } from './split';
import { hangulTypefaces } from './typefaces';

const side = hangulDrawing.sizePixels;
const size = side * side;

/** Draws the sets of a config: class = syllable, group = typeface, images ordered by class. */
export async function makeHangul(config: ConfigOf<'hangul'>): Promise<MadeSets> {
  const { train, validation, test, distractors, outsiders } = hangulSplit(config);
  return {
    train: await drawPart(train),
    validation: await drawPart(validation),
    test: await drawPart(test),
    ...(distractors.syllables.length > 0 && { distractors: await drawPart(distractors) }),
    ...(outsiders.syllables.length > 0 && { outsiders: await drawPart(outsiders) }),
  };
}

interface Drawn {
  readonly label: number;
  readonly group: number;
  readonly image: Uint8Array;
}

async function drawPart({ syllables, typefaces }: HangulPart): Promise<ImageSet> {
  const drawn: Drawn[] = [];
  for (const typeface of typefaces) {
    const images = drawTypeface(typeface, syllables);
    const group = hangulTypefaces.indexOf(typeface);
    for (const label of usableImages(images, size)) {
      drawn.push({ label, group, image: images.subarray(label * size, (label + 1) * size) });
    }
    await breathe(); // a signal is heard between two typefaces
  }
  drawn.sort((a, b) => a.label - b.label || a.group - b.group);
  const images = new Uint8Array(drawn.length * size);
  drawn.forEach(({ image }, at) => images.set(image, at * size));
  return {
    images,
    labels: Int32Array.from(drawn, ({ label }) => label),
    groups: Int32Array.from(drawn, ({ group }) => group),
    height: side,
    width: side,
    channels: 1,
    classes: syllables.length,
    classNames: syllables,
    groupNames: hangulTypefaces.map(({ id }) => id),
  };
}
