import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { drawFigure, renderFigure, textsOf, type DrawnFigure } from '../../src';
import { madeUp } from './made-up';

const folder = temporaryFolder();

/** Width and height in the header of a PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const bytes = Buffer.from(png);
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe.each(Object.entries(madeUp))('%s', (_name, { spec, words }) => {
  let first: DrawnFigure;
  beforeAll(async () => {
    first = await drawFigure(spec());
  });

  it('compiles without a warning, shows its words, and fits a page', () => {
    expect(first.warnings).toEqual([]);
    const shown = textsOf(first.svg);
    expect(shown).toEqual(expect.arrayContaining([...words, 'made-up data · quick profile · 2 seeds']));
    expect(shown.filter((word) => /NaN|undefined|Infinity|null/.test(word))).toEqual([]);
    const [width, height] = sizeOf(first.png);
    expect(width).toBeGreaterThan(500);
    expect(width).toBeLessThanOrEqual(2 * 790);
    expect(height).toBeGreaterThan(200);
    const { $schema, config } = JSON.parse(first.json) as { $schema: string; config: { font: string } };
    expect([$schema, config.font]).toEqual([expect.stringContaining('vega-lite/v6'), expect.stringContaining('Source Sans 3')]);
  });

  it('is the same to the byte when drawn again', async () => {
    const second = await drawFigure(spec());
    expect(second.json).toBe(first.json);
    expect(second.svg).toBe(first.svg);
    expect(Buffer.from(second.png).equals(Buffer.from(first.png))).toBe(true);
  });

  it('uses the shipped font for every text', () => {
    const families = [...first.svg.matchAll(/font-family="([^"]*)"/g)].map((m) => m[1]);
    expect(families.length).toBeGreaterThan(0);
    expect(families.filter((family) => family?.startsWith('Source Sans 3') !== true)).toEqual([]);
    expect((first.svg.match(/<text/g) ?? []).length).toBe(families.length);
  });
});

it('is written as three files, once', async () => {
  const base = join(folder, 'bound');
  const spec = madeUp['scaleBound']?.spec;
  if (spec === undefined) throw new Error('no such figure');
  expect(await renderFigure(spec(), base)).toEqual([`${base}.vl.json`, `${base}.svg`, `${base}.png`]);
  expect(await renderFigure(spec(), base)).toEqual([]);
  expect(readFileSync(`${base}.vl.json`, 'utf8')).not.toContain(folder);
});
