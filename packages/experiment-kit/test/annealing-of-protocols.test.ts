import { describe, expect, it } from '@jest/globals';

import { latinFamilies } from '../../data/src/typefaces/families';
import { openSetHangul } from '../src/protocols/open-set-hangul';
import { trainedWith, onTypefaces, zeroShotHangul } from '../src/protocols/zero-shot-hangul';
import type { RunConfig } from '../src/run-config';

const floorOf = ({ annealing }: RunConfig['schedule']): number => annealing?.lambda?.floorAtStep ?? NaN;
/** Share of the steps that the search found best; results/sphereface/search. */
const SHARE = 0.9375;

describe('the annealing of lambda', () => {
  it.each([['quick', 12, 200 * 16], ['standard', 7, 600 * 16]] as const)('is at its floor after the share found, profile %s', (profile, epochs, images) => {
    const { schedule } = openSetHangul[profile];
    expect(schedule).toMatchObject({ epochs, batchSize: 80 });
    expect(floorOf(schedule)).toBe(Math.round(SHARE * epochs * (images / 80)));
  });

  it.each([['quick', 12], ['standard', 7]] as const)('is so with fewer images of typefaces too, profile %s', (profile, epochs) => {
    const base = zeroShotHangul[profile];
    const plan = onTypefaces({ SphereFace: trainedWith({ name: 'sphereface' }, 0.01) })['typefaces SphereFace'];
    const { data, schedule } = { ...base, ...(typeof plan === 'function' ? plan(base) : plan) };
    const { trainFamilies, facesPerFamily, imagesPerFace } = data as { trainFamilies: number; facesPerFamily: number; imagesPerFace: number };
    const families = latinFamilies.filter(({ role }) => role === 'train').slice(0, trainFamilies);
    const images = imagesPerFace * families.reduce((faces, family) => faces + Math.min(facesPerFamily, family.faces.length), 0);
    const steps = epochs * Math.floor(images / 80);
    expect(floorOf(schedule)).toBe(Math.round(SHARE * steps));
    expect({ ...schedule, annealing: base.schedule.annealing }).toEqual(base.schedule);
  });
});
