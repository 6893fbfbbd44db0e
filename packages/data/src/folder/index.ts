import { createHash } from 'node:crypto';
import type { ConfigOf } from '../config';
import type { DataSource, Supplied } from '../data-source';
import { renderer } from '../render/renderer';
import { bytesOf, listSets, makeFolder } from './make';

export const folder: DataSource<'folder'> = {
  title: 'Image folders of your own, one folder a class',
  standsFor: 'nothing: the sets that papers name (CASIA-WebFace, LFW), aligned',
  licences: 'the licences of their owners',
  source: 'folders below the one that HYPERSPHERE_DATA names',
  packages: () => [],
  renderedBytes: () => 0,
  rule: () => ({
    split: 'folder 1: training and test as the sets say; without a set for the test, the second half of the classes by name; without one for validation, the last tenth of the training classes by name, at least two',
    decoding: { renderer, fitting: 'none at the right size; else scaled, centre-cropped if the aspect differs by more than 2 %', transparent: 'black', grey: 'luma of Rec. 601' },
  }),
  supplied: suppliedFiles,
  make: makeFolder,
};

/** Paths, sizes and times of all images: changed folders are packed again. */
async function suppliedFiles(config: ConfigOf<'folder'>): Promise<Supplied> {
  const { train, validation, test } = await listSets(config);
  const hash = createHash('sha256');
  let images = 0;
  for (const set of [train, validation, test]) {
    for (const one of set?.classes.flatMap((listed) => listed.images) ?? []) {
      hash.update(`${JSON.stringify([one.path, one.size, one.modified])}\n`);
      images += 1;
    }
  }
  return { listing: hash.digest('hex'), bytes: images * bytesOf(config) };
}
