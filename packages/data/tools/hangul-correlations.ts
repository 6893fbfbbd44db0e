/**
 * Measures how alike the Korean typefaces draw the development syllables: packages/data/src/hangul/correlations.json.
 * The roles in typeface-table.json were then fixed by hand so that siblings, and pairs above .95, stay on one side.
 *
 *     node -r ./tools/register.cjs packages/data/tools/hangul-correlations.ts      (needs the fetched packages: nx run data:prepare hangul)
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawTypeface } from '../src/hangul/draw';
import { syllables } from '../src/hangul/syllables';
import { hangulTypefaces } from '../src/hangul/typefaces';
import { correlation, standardised } from './correlation';

const size = 32 * 32;
const renders = hangulTypefaces.map((typeface) => {
  const images = drawTypeface(typeface, syllables.development);
  return syllables.development.map((_, at) => standardised(images.subarray(at * size, (at + 1) * size)));
});

const pairs = hangulTypefaces.flatMap((a, i) =>
  hangulTypefaces.slice(i + 1).map((b, j) => ({ a: a.id, b: b.id, ...correlation(renders[i] ?? [], renders[i + 1 + j] ?? []) })),
);
const rounded = pairs
  .filter((pair) => pair.mean > 0.65 || pair.largest > 0.9)
  .sort((p, q) => q.mean - p.mean)
  .map(({ a, b, mean, largest }) => ({ pair: [a, b], mean: Number(mean.toFixed(3)), largest: Number(largest.toFixed(3)) }));
const source = 'packages/data/tools/hangul-correlations.ts: Pearson correlation of the 32x32 images of one syllable in two typefaces, over the 1,200 development syllables; pairs with a mean above .65 or a largest above .9';
const lines = rounded.map((pair) => `    ${JSON.stringify(pair)}`).join(',\n');
writeFileSync(
  join(__dirname, '../src/hangul/correlations.json'),
  `{\n  "source": ${JSON.stringify(source)},\n  "pairs": [\n${lines}\n  ]\n}\n`,
);
