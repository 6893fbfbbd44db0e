/**
 * Makes packages/data/src/typefaces/family-table.json: the faces of each Latin family and the family's role.
 *
 *     node -r ./tools/register.cjs packages/data/tools/latin-families.ts FOLDER      (FOLDER: the tarballs that packages/data/tools/packages.ts left)
 *
 * A face is left out when it draws the probe words as another face of its family does (mean correlation of .95 or more).
 * Families whose names begin alike, or that draw the probe words alike, get one role; which one is a shuffle with a fixed seed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomStream } from '@hypersphere/engine';
import { available } from '../src/config';
import { hangulTypefaces } from '../src/hangul/typefaces';
import packages from '../src/packages.json';
import { registerFont } from '../src/render/fonts';
import { wordPainter } from '../src/render/word-image';
import { correlation, standardised } from './correlation';

interface Face {
  readonly name: string;
  readonly renders: Float64Array[];
}
interface Family {
  readonly id: string;
  readonly faces: Face[];
}

const alike = 0.95;
const probes = ['hamburge', 'Strovnaix', 'quickzed', 'Typeface'];
const upright = { rotationRadians: 0, shear: 0, scale: 1, shiftXPixels: 0, shiftYPixels: 0 };
const painter = wordPainter(32, 96);
const tarballs = process.argv[2] ?? 'tarballs';
const folder = mkdtempSync(join(tmpdir(), 'families-'));

/** Upright before italic, then by distance from the regular weight: the faces met first are the ones kept. */
function faceNames(files: readonly string[]): string[] {
  const order = (name: string) => (name.endsWith('italic') ? 10_000 : 0) + Math.abs(Number.parseInt(name) - 400);
  return files
    .flatMap((file) => /-latin-(\d+-(?:normal|italic))\.woff2$/.exec(file)?.[1] ?? [])
    .sort((a, b) => order(a) - order(b) || Number.parseInt(b) - Number.parseInt(a));
}

function familyOf(id: string, version: string): Family {
  const tarball = join(tarballs, `fontsource-${id}-${version}.tgz`);
  const entries = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).split('\n');
  const wanted = entries.filter((path) => path.startsWith(`package/files/${id}-latin-`) && /-latin-\d+-(normal|italic)\.woff2$/.test(path));
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=2', ...wanted]);
  const faces: Face[] = [];
  for (const name of faceNames(readdirSync(folder).filter((file) => file.startsWith(`${id}-latin-`)))) {
    registerFont(join(folder, `${id}-latin-${name}.woff2`), `${id}-${name}`);
    const renders = probes.map((word) => standardised(painter.paint(`${id}-${name}`, word, upright)));
    if (faces.every((face) => correlation(face.renders, renders).mean < alike)) faces.push({ name, renders });
  }
  return { id, faces };
}

const looksLike = (a: Family, b: Family) => a.faces.some((one) => b.faces.some((other) => correlation(one.renders, other.renders).mean >= alike));
const stem = (family: Family) => family.id.split('-')[0];

/** Joins families that must stay together. */
function clusters(families: readonly Family[]): Family[][] {
  return families.reduce<Family[][]>((groups, family) => {
    const near = groups.filter((group) => group.some((other) => stem(other) === stem(family) || looksLike(other, family)));
    return [...groups.filter((group) => !near.includes(group)), [...near.flat(), family]];
  }, []);
}

const hangul = new Set(hangulTypefaces.map(({ packageName }) => packageName));
const families = Object.entries(packages)
  .filter(([name]) => name.startsWith('@fontsource/') && !hangul.has(name))
  .map(([name, { version }]) => familyOf(name.slice('@fontsource/'.length), version));
rmSync(folder, { recursive: true });

const room: Record<string, number> = { ...available.families };
const shuffled = randomStream(1, 'generated-data', 'typefaces', 'roles').shuffle(clusters(families));
const largestFirst = [...shuffled].sort((a, b) => Number(b.length > 1) - Number(a.length > 1));
const roles = largestFirst.flatMap((group, at) => {
  const open = Object.keys(room).filter((role) => (room[role] ?? 0) >= group.length);
  // each role gets its share of the many-family groups too: the one with the largest open fraction is next
  const role = open.sort((a, b) => openShare(b) - openShare(a))[0];
  if (role === undefined) throw new Error(`no role has room for group ${at}`);
  room[role] = (room[role] ?? 0) - group.length;
  return group.map(({ id, faces }) => ({ id, role, faces: faces.map((face) => face.name) }));
});

function openShare(role: string): number {
  return (room[role] ?? 0) / (available.families[role as keyof typeof available.families] ?? 1);
}

const lines = randomStream(2, 'generated-data', 'typefaces', 'roles').shuffle(roles).map((family) => `    ${JSON.stringify(family)}`);
const source = 'packages/data/tools/latin-families.ts; the order is random: a config that asks for fewer families takes the first of each role';
writeFileSync(
  join(__dirname, '../src/typefaces/family-table.json'),
  `{\n  "source": ${JSON.stringify(source)},\n  "families": [\n${lines.join(',\n')}\n  ]\n}\n`,
);
