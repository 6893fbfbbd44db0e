/**
 * Makes packages/data/src/packages.json: version, integrity, size and licence of every package that data comes from.
 * Run by hand when the list changes; at run time nothing is looked up.
 *
 *     node -r ./tools/register.cjs packages/data/tools/packages.ts FOLDER NAME[@VERSION]...
 *
 * The tarballs stay in FOLDER. Packages whose metadata states no licence are left out.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Packed {
  readonly name: string;
  readonly version: string;
  readonly size: number;
  readonly integrity: string;
  readonly filename: string;
}

const table = join(__dirname, '../src/packages.json');
const [folder = 'tarballs', ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const packed = JSON.parse(
  execFileSync('npm', ['pack', ...names, '--ignore-scripts', '--json', '--pack-destination', folder], { encoding: 'utf8', maxBuffer: 1 << 28 }),
) as Packed[];

/** The fonts state their licence in metadata.json, the others in package.json. */
function licenceOf(tarball: string): string | undefined {
  const text = (file: string) => execFileSync('tar', ['-xzOf', tarball, `package/${file}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    return (JSON.parse(text('metadata.json')) as { license?: { type?: string } }).license?.type;
  } catch {
    return (JSON.parse(text('package.json')) as { license?: string }).license;
  }
}

const known = JSON.parse(readFileSync(table, 'utf8')) as Record<string, unknown>;
for (const { name, version, integrity, size, filename } of packed) {
  const licence = licenceOf(join(folder, filename));
  if (licence === undefined) console.log(`${name} states no licence: left out`);
  else known[name] = { version, integrity, bytes: size, licence };
}
const sorted = Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1));
const lines = sorted.map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)}`);
writeFileSync(table, `{\n${lines.join(',\n')}\n}\n`);
