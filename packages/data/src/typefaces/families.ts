import type { ConfigOf } from '../config';
import { pinned, type PinnedPackage } from '../fetch/pinned-package';
import type { Role } from '../role';
import table from './family-table.json';

export interface LatinFamily {
  readonly id: string;
  readonly role: Role;
  /** Weight and style of each face, the regular one first; faces that look like another of the family are left out. */
  readonly faces: readonly string[];
}

/** The Latin families with a stated licence; look-alike families and families of one foundry series share a role. */
export const latinFamilies: readonly LatinFamily[] = table.families.map((family) => ({ ...family, role: family.role as Role }));

export const fileOf = (family: LatinFamily, face: string): string => `files/${family.id}-latin-${face}.woff2`;

export const latinPackage = (family: LatinFamily): PinnedPackage =>
  pinned(`@fontsource/${family.id}`, family.faces.map((face) => fileOf(family, face)));

export type FamilySplit = Readonly<Record<Role | 'outsiders', readonly LatinFamily[]>>;

/**
 * The families of each part: the first of each role in the table's order, cut to `facesPerFamily` faces.
 * Outsiders (images for open-set label noise) are the training families that come next.
 */
export function familySplit(config: ConfigOf<'typefaces'>): FamilySplit {
  const of = (role: Role, from: number, to: number) =>
    latinFamilies
      .filter((family) => family.role === role)
      .slice(from, to)
      .map((family) => ({ ...family, faces: family.faces.slice(0, config.facesPerFamily) }));
  const train = of('train', 0, config.trainFamilies);
  return {
    train,
    validation: of('validation', 0, config.validationFamilies),
    test: of('test', 0, config.testFamilies),
    outsiders: enough(of('train', config.trainFamilies, Infinity), config.labelNoise, facesOf(train).length),
  };
}

export const facesOf = (families: readonly LatinFamily[]) =>
  families.flatMap((family, at) => family.faces.map((face) => ({ family, familyIndex: at, face })));

/** The first families that have as many faces as the noise replaces. */
function enough(spare: readonly LatinFamily[], noise: ConfigOf<'typefaces'>['labelNoise'], faces: number): readonly LatinFamily[] {
  let wanted = noise?.kind === 'open' ? Math.ceil(noise.share * faces) : 0;
  return spare.filter((family) => {
    const taken = wanted > 0;
    wanted -= family.faces.length;
    return taken;
  });
}
