import { digestOf } from '../canonical-json';
import type { DataSource } from '../data-source';
import { renderer } from '../render/renderer';
import { roles } from '../role';
import { facesOf, familySplit, latinFamilies, latinPackage } from './families';
import { makeTypefaces, wordDrawing } from './make';
import { wordsOf } from './words';

const imageBytes = wordDrawing.heightPixels * wordDrawing.widthPixels;
const usualImages = latinFamilies.reduce((sum, { faces }) => sum + faces.length, 0) * 30;

export const typefaces: DataSource<'typefaces'> = {
  title: 'Words in Latin typefaces, 32x96 grey',
  standsFor: 'faces: identity = font face, unseen families and unseen words at test',
  licences: 'OFL-1.1, Apache-2.0, UFL-1.0',
  source: `${latinFamilies.length} @fontsource packages; made-up words`,
  packages: (config) => {
    if (config === undefined) return latinFamilies.map(latinPackage);
    const used = new Set(Object.values(familySplit(config)).flatMap((families) => families.map(({ id }) => id)));
    // whole families, so that another number of faces needs no second download
    return latinFamilies.filter(({ id }) => used.has(id)).map(latinPackage);
  },
  renderedBytes: (config) => {
    if (config === undefined) return usualImages * imageBytes;
    return Object.values(familySplit(config)).reduce((sum, families) => sum + facesOf(families).length * config.imagesPerFace * imageBytes, 0);
  },
  rule: (config) => ({
    split: 'typefaces 1: by family, roles fixed in family-table.json; words of one role are in no other',
    identity: config.identity,
    parts: Object.fromEntries(
      Object.entries(familySplit(config)).map(([name, families]) => [
        name,
        { families: families.length, faces: facesOf(families).length, facesDigest: digestOf(JSON.stringify(families)) },
      ]),
    ),
    words: Object.fromEntries(roles.map((role) => [role, digestOf(wordsOf(role).join(' '))])),
    drawing: { renderer, ...wordDrawing },
  }),
  make: makeTypefaces,
};
