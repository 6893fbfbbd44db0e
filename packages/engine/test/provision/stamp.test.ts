import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';

import { temporaryFolder } from '@hypersphere/testing';

import { places } from '../../src/provision/places';
import { stampedProof, writeStamp } from '../../src/provision/stamp';

const folder = temporaryFolder();
const library = join(folder, 'library.so');
const here = { ...places(join(folder, 'package')), engines: join(folder, 'engines') };
const proof = { tensorflow: '1.0', files: [here.binding, library] };

beforeEach(async () => {
  mkdirSync(dirname(here.binding), { recursive: true });
  writeFileSync(here.binding, 'binding');
  writeFileSync(library, 'library');
  await writeStamp(here, proof);
});

describe('a stamp', () => {
  it('keeps the proof of files that have not changed', () => {
    expect(stampedProof(here, here.binding)).toEqual(proof);
  });

  it('does not count once a library has another size or time', async () => {
    writeFileSync(library, 'longer library');
    expect(stampedProof(here, here.binding)).toBeUndefined();
    await writeStamp(here, proof);
    utimesSync(library, 1, 1);
    expect(stampedProof(here, here.binding)).toBeUndefined();
  });

  it('does not count for another file, nor another clone', () => {
    expect(stampedProof(here, library)).toBeUndefined();
    expect(stampedProof({ ...here, binding: library }, here.binding)).toBeUndefined();
  });

  it('is no failure where the cache cannot be written', async () => {
    await writeStamp({ ...here, engines: '/dev/null/engines' }, proof);
    expect(stampedProof({ ...here, engines: '/dev/null/engines' }, here.binding)).toBeUndefined();
  });
});
