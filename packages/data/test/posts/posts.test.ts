import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';
import { authorEpisodes, episodeFeatures } from '../../src/batches/author-episodes';
import { packageFolder } from '../../src/fetch/pinned-package';
import { loadTexts } from '../../src/load-texts';
import { loadData } from '../../src/load-data';
import { preparationOf } from '../../src/preparation';
import { prepareData } from '../../src/prepare-data';
import { archive } from '../../src/posts';
import { cleanText } from '../../src/posts/clean-text';
import { readMessage } from '../../src/posts/read-message';
import { plainSubject, threadsOf } from '../../src/posts/threads';

jest.setTimeout(60_000);
process.env['HYPERSPHERE_CACHE'] = temporaryFolder();

const mail = (headers: Readonly<Record<string, string>>, body: string) =>
  Buffer.from(`From x  Thu Aug 22 12:36:23 2002\n${Object.entries(headers).map(([key, value]) => `${key}: ${value}\n`).join('')}\n${body}\n`);
const usual = { From: 'Ann Bloom <ann.b@example.org>', Date: 'Sun, 01 Sep 2002 23:30:00 -0400', Subject: 'Hats', 'Message-Id': '<1@x>', 'List-Id': 'All about hats <hats.example.org>' };

describe('readMessage', () => {
  it('reads who, when, where and what, the weekday in the zone of the writer', async () => {
    const message = await readMessage(mail({ ...usual, 'In-Reply-To': '<0@x>' }, 'A text.'));
    expect(message).toMatchObject({ address: 'ann.b@example.org', name: 'Ann Bloom', forum: 'hats.example.org', weekday: 6, time: Date.UTC(2002, 8, 2, 3, 30), answers: ['<0@x>'], automatic: false });
    expect(message?.text.trim()).toBe('A text.');
  });

  it.each([
    ['no sender', { ...usual, From: '' }],
    ['no date', { ...usual, Date: 'soon' }],
    ['the date of a wrong clock', { ...usual, Date: 'Sun, 01 Sep 2030 23:30:00 -0400' }],
    ['markup alone', { ...usual, 'Content-Type': 'text/html' }],
  ])('gives nothing for %s', async (_what, headers) => {
    expect(await readMessage(mail(headers, '<b>A text.</b>'))).toBeUndefined();
  });

  it('knows programs by their address', async () => {
    expect((await readMessage(mail({ ...usual, From: 'feed <rssfeeds@example.org>' }, 'x')))?.automatic).toBe(true);
  });
});

describe('cleanText', () => {
  const clean = (text: string) => cleanText({ text, name: 'Ann Bloom', address: 'ann.b@example.org' });

  it.each([
    ['a quote and the line before it', 'On Monday, Bob wrote:\n> old\n>> older\nMine.', 'Mine.'],
    ['an attribution in two lines', 'On Mon, 2 Sep 2002, Bob Hill\n<b@h> wrote:\n> old\nMine.', 'Mine.'],
    ['a signature', 'Mine.\n-- \nAnn Bloom, Hatter', 'Mine.'],
    ['the footer of a list', 'Mine.\n_______________________________________________\nHats mailing list\nhttp://example.org/mailman/listinfo/hats', 'Mine.'],
    ['what is forwarded', 'Mine.\n-----Original Message-----\nFrom: Bob\nold', 'Mine.'],
    ['addresses, links and markup', 'See http://a.b/c <i>and</i> bob@h.org.', 'See {link} and {address}.'],
    ['the own name', 'Regards, ann BLOOM. Annual.', 'Regards, {name} {name}. Annual.'],
  ])('takes out %s', (_what, text, left) => {
    expect(clean(text)).toBe(left);
  });

  it('leaves words alone that only look like it', () => {
    expect(clean('Bob wrote a book.\nFromage: yes.\na -- b')).toBe('Bob wrote a book.\nFromage: yes.\na -- b');
  });
});

describe('threadsOf', () => {
  const post = (id: string, answers: string[] = [], subject = '', forum = 'f') => ({ id, answers, subject, forum });
  it('joins answers, also to what is missing, and equal subjects of one forum', () => {
    const threads = threadsOf([post('a'), post('b', ['a']), post('c', ['gone']), post('d', ['gone']), post('e', [], 'Re: [x] Hats'), post('g', [], 'hats'), post('h', [], 'hats', 'other')]);
    expect([...threads]).toEqual([0, 0, 1, 1, 2, 2, 3]);
  });
  it.each([['Re: Hats', 'hats'], ['RE: Re: hats (was: Caps)', 'hats'], ['[List] Re:  Hats', 'hats'], ['Aw: Hats', 'hats']])('takes %s for %s', (subject, plain) => {
    expect(plainSubject(subject)).toBe(plain);
  });
});

describe('loadTexts', () => {
  const body = (at: number) => `This is what number ${at} has to say about the hats of the day, ${'so '.repeat(at % 5)}.`;

  /** 4 authors in turn, a thread of 5 posts a day; one message twice, one short, one of a program. */
  function plant(): void {
    const folder = packageFolder(archive);
    const files: Record<string, Buffer> = {};
    for (let at = 0; at < 60; at++) {
      const day = Math.floor(at / 5);
      const date = new Date(Date.UTC(2002, 5, 1 + day, 1 + (at % 5))).toUTCString();
      files[`data/easy-ham-${1 + (at % 2)}/${at}.txt`] = mail({ ...usual, From: `Author${at % 4} <a${at % 4}@example.org>`, Date: date, Subject: `Topic ${day}`, 'Message-Id': `<${at}@x>` }, body(at));
    }
    files['data/hard-ham-1/twice.txt'] = files['data/easy-ham-1/0.txt'] ?? Buffer.alloc(0);
    files['data/hard-ham-1/short.txt'] = mail({ ...usual, From: 'a1@example.org' }, 'Yes.');
    files['data/hard-ham-1/rare.txt'] = mail({ ...usual, From: 'rare@example.org' }, body(1000));
    files['data/hard-ham-1/program.txt'] = mail({ ...usual, From: 'noreply@example.org' }, body(2000));
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    writeFileSync(join(folder, 'contents.json'), JSON.stringify({ ...archive, files: Object.fromEntries(Object.keys(files).map((path) => [path, 'not looked at'])) }));
  }

  it('splits whole threads by time, logs numbers only, and reads the same again', async () => {
    plant();
    const lines: string[] = [];
    const texts = await loadTexts({ name: 'posts', validationShare: 0.2 }, { log: (line) => lines.push(line) });
    const { train, validation, test } = texts;
    expect([train, validation, test].map((set) => [set.texts.length, set.classes])).toEqual([[25, 4], [10, 4], [25, 4]]);
    const threads = [train, validation, test].map((set) => new Set(set.threads));
    expect(new Set(threads.flatMap((set) => [...set])).size).toBe(threads.reduce((sum, { size }) => sum + size, 0));
    expect(Math.max(...train.times)).toBeLessThan(Math.min(...validation.times));
    expect(Math.max(...validation.times)).toBeLessThan(Math.min(...test.times));
    expect([...train.texts.entries()].every(([at, text]) => Number(/number (\d+)/.exec(text)?.[1]) % 4 === train.labels[at])).toBe(true);
    expect(lines).toEqual(['posts: 64 messages with plain text; left out: 1 of programs, 1 short, 1 repeated, and authors with fewer than 4 posts; 60 posts of 4 authors remain']);
    expect(await loadTexts({ name: 'posts', validationShare: 0.2 })).toEqual(texts);
  });

  it('keeps no address and no name in the packed file, and makes it the same again', async () => {
    const folder = join(process.env['HYPERSPHERE_CACHE'] ?? '', 'data', 'packed');
    const { packedDigest } = await loadTexts({ name: 'posts' });
    const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('posts-'));
    const bytes = readFileSync(join(folder, file));
    expect(bytes.toString()).not.toMatch(/example\.org>|a1@|Author1/);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.pack'))) writeFileSync(join(folder, name), bytes);
    const lines: string[] = [];
    expect((await loadTexts({ name: 'posts' }, { log: (line) => lines.push(line) })).packedDigest).toBe(packedDigest);
    expect(lines[0]).toMatch(/is damaged \(its checksum does not match\): making it again$/);
  });

  it('are prepared as images are, once', async () => {
    plant();
    const config = { name: 'posts', leastCharacters: 41 } as const;
    const ready = async () => (await preparationOf(config)).ready;
    expect(await ready()).toBe(false);
    await prepareData(config);
    expect(await ready()).toBe(true);
    const lines: string[] = [];
    await prepareData(config, { log: (line) => lines.push(line) });
    expect(lines).toEqual([]);
  });

  it('are no images, and images no texts', async () => {
    await expect(loadData({ name: 'posts' })).rejects.toThrow('expected a set of images, got "posts", whose texts are read by loadTexts');
    await expect(loadTexts({ name: 'mnist' })).rejects.toThrow('expected a set of texts, "posts", got "mnist"');
  });
});

describe('authorEpisodes', () => {
  const labels = Int32Array.of(1, 0, 1, 1, 0, 2, 1, 0);
  const times = Float64Array.of(5, 1, 2, 3, 4, 6, 9, 8);

  it.each([
    [1, 1, [1, 4, 7, 2, 3, 0, 6, 5], [0, 0, 0, 1, 1, 1, 1, 2]],
    [2, 1, [1, 4, 2, 3, 0, 6], [0, 1, 1]],
    [2, 2, [2, 3, 0, 6], [1, 1]],
    [3, 1, [1, 4, 7, 2, 3, 0], [0, 1]],
  ])('of %i posts, at least %i an author, follow each other in time', (length, leastEpisodes, posts, authors) => {
    expect(authorEpisodes({ labels, times }, { length, leastEpisodes })).toEqual({ posts: Int32Array.from(posts), labels: Int32Array.from(authors), length });
  });

  it('give texts, weekdays and forums post by post', () => {
    const set = { texts: [...'abcdefgh'], labels, times, weekdays: Int32Array.from({ length: 8 }, (_, at) => at % 7), forums: labels, threads: labels, classes: 3, forumNames: [] };
    const episodes = authorEpisodes(set, { length: 2 });
    expect(episodeFeatures(set, episodes, [2, 0])).toEqual({ texts: ['a', 'g', 'b', 'e'], weekdays: Int32Array.of(0, 6, 1, 4), forums: Int32Array.of(1, 1, 0, 0), labels: Int32Array.of(1, 0) });
    expect(() => episodeFeatures(set, episodes, [3])).toThrow(new RangeError('episodeFeatures: an index must be in 0..2, got 3'));
  });

  it('have a whole length', () => {
    expect(() => authorEpisodes({ labels, times }, { length: 0 })).toThrow(new RangeError('authorEpisodes: length must be a whole number of at least 1, got 0'));
  });
});
