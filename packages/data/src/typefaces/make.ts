import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { randomStream, type RandomStream } from '@hypersphere/engine';
import type { ConfigOf } from '../config';
import type { MadeSets } from '../data-source';
import { packageFolder } from '../fetch/pinned-package';
import type { ImageSet } from '../image-set';
import { registerFont } from '../render/fonts';
import { wordPainter, type WordPose } from '../render/word-image';
import type { Role } from '../role';
import { facesOf, familySplit, fileOf, latinPackage, type LatinFamily } from './families';
import { wordsOf } from './words';

/** How words are drawn: part of the manifest. Ranges are uniform, from minus to plus. */
export const wordDrawing = {
  heightPixels: 32,
  widthPixels: 96,
  seed: 1,
  rotationDegrees: 3,
  shear: 0.08,
  scale: [0.85, 1],
  shiftXPixels: 3,
  shiftYPixels: 1.5,
  inverted: 0.2,
  capital: 0.25,
  noise: [0, 14],
} as const;

const size = wordDrawing.heightPixels * wordDrawing.widthPixels;

/** Draws the sets of a config: class = face (or family), group = family (or face), images ordered by face. */
export async function makeTypefaces(config: ConfigOf<'typefaces'>): Promise<MadeSets> {
  const split = familySplit(config);
  return {
    train: await drawFamilies(split.train, 'train', config),
    validation: await drawFamilies(split.validation, 'validation', config),
    test: await drawFamilies(split.test, 'test', config),
    ...(split.outsiders.length > 0 && { outsiders: await drawFamilies(split.outsiders, 'train', config) }),
  };
}

async function drawFamilies(families: readonly LatinFamily[], role: Role, { identity, imagesPerFace }: ConfigOf<'typefaces'>): Promise<ImageSet> {
  const faces = facesOf(families);
  const [painter, noise] = [wordPainter(wordDrawing.heightPixels, wordDrawing.widthPixels), noiseTable()];
  const images = new Uint8Array(faces.length * imagesPerFace * size);
  for (const [at, { family, face }] of faces.entries()) {
    const alias = `latin ${family.id} ${face}`;
    registerFont(join(packageFolder(latinPackage(family)), fileOf(family, face)), alias);
    const stream = randomStream(wordDrawing.seed, 'generated-data', 'typefaces', family.id, face);
    const words = stream.shuffle(wordsOf(role)).slice(0, imagesPerFace);
    words.forEach((word, index) => {
      const image = painter.paint(alias, withCase(word, stream), poseOf(stream));
      spoil(image, stream, noise);
      images.set(image, (at * imagesPerFace + index) * size);
    });
    if (at % 16 === 0) await breathe(); // a signal is heard between faces
  }
  const faceOf = Int32Array.from({ length: faces.length * imagesPerFace }, (_, at) => Math.floor(at / imagesPerFace));
  const familyOf = faceOf.map((face) => faces[face]?.familyIndex ?? 0);
  const faceNames = faces.map(({ family, face }) => `${family.id} ${face}`);
  const familyNames = families.map(({ id }) => id);
  const named = identity === 'face'
    ? { labels: faceOf, groups: familyOf, classes: faces.length, classNames: faceNames, groupNames: familyNames }
    : { labels: familyOf, groups: faceOf, classes: families.length, classNames: familyNames, groupNames: faceNames };
  return { images, height: wordDrawing.heightPixels, width: wordDrawing.widthPixels, channels: 1, ...named };
}

const around = (stream: RandomStream, range: number) => range * (2 * stream.uniform() - 1);
const between = (stream: RandomStream, [low, high]: readonly [number, number]) => low + (high - low) * stream.uniform();

const withCase = (word: string, stream: RandomStream) => (stream.uniform() < wordDrawing.capital ? word.charAt(0).toUpperCase() + word.slice(1) : word);

const poseOf = (stream: RandomStream): WordPose => ({
  rotationRadians: (around(stream, wordDrawing.rotationDegrees) * Math.PI) / 180,
  shear: around(stream, wordDrawing.shear),
  scale: between(stream, wordDrawing.scale),
  shiftXPixels: around(stream, wordDrawing.shiftXPixels),
  shiftYPixels: around(stream, wordDrawing.shiftYPixels),
});

/** Noise, then sometimes black on white; in place. */
function spoil(image: Uint8Array, stream: RandomStream, noise: Float32Array): void {
  const deviation = between(stream, wordDrawing.noise);
  const from = stream.integer(noise.length);
  const inverted = stream.uniform() < wordDrawing.inverted;
  for (let at = 0; at < image.length; at++) {
    const value = (image[at] ?? 0) + deviation * (noise[(from + at) % noise.length] ?? 0);
    const noisy = Math.round(Math.min(255, Math.max(0, value)));
    image[at] = inverted ? 255 - noisy : noisy;
  }
}

/** Normal deviates to read from at a random place: a draw for each pixel of all images would take longer than all the rest. */
function noiseTable(): Float32Array {
  const stream = randomStream(wordDrawing.seed, 'generated-data', 'typefaces', 'noise');
  return Float32Array.from({ length: 65_521 }, () => stream.normal());
}
