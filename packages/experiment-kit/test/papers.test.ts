import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { experimentIds } from '../src/load-experiment';
import { WORKSPACE } from '../src/workspace';
import { pages, type Page } from './markdown';

const PAPERS = ['arcface', 'cosface', 'group-loss', 'multi-similarity', 'nbc-softmax', 'ranked-list-loss', 'sphereface', 'supcon', 'unpg'];
const HEADINGS = ['Idea', 'Equation and code', 'Stopped, and at the edges', 'Paper and released code', 'Traps', 'Reproduction'];

interface Quote {
  /** From the root of the repository; the last source file that the page links before the block. */
  readonly file: string;
  readonly lines: readonly string[];
}

const ours = pages().filter(({ path }) => /^docs\/papers\/(?!README)/.test(path));

it('there is one page a paper', () => {
  expect(ours.map(({ path }) => path.replace(/^.*\/|\.md$/g, '')).sort()).toEqual(PAPERS);
});

describe.each(ours.map((page) => [page.path, page] as const))('%s', (_path, page) => {
  it('has the headings of all pages', () => {
    expect([...page.text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
  });

  it('leads to its experiment', () => {
    const name = page.path.replace(/^.*\/|\.md$/g, '');
    const experiment = experimentIds().includes(name) ? `${name}/README.md#results` : 'head-to-head/README.md';
    expect(page.text).toContain(`](../../experiments/${experiment})`);
  });

  it('quotes code', () => {
    expect(quotesOf(page).length).toBeGreaterThan(0);
  });

  it.each(quotesOf(page).map((quote) => [quote.file, quote] as const))('quotes lines that stand in %s, in their order', (file, { lines }) => {
    const source = readFileSync(join(WORKSPACE, file), 'utf8').split('\n').map((line) => line.trim());
    const places = lines.map((line) => source.indexOf(line));
    expect(lines.filter((_, at) => places[at] === -1)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});

function quotesOf({ path, text }: Page): Quote[] {
  const quotes: Quote[] = [];
  let file = '';
  for (const [, target, block] of text.matchAll(/\]\((\S+\.ts)\)|^```ts\n([\s\S]*?)^```$/gm)) {
    if (target !== undefined) file = join(dirname(path), target);
    else quotes.push({ file, lines: (block ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '') });
  }
  return quotes;
}
