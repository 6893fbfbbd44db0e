import { describe, expect, it } from '@jest/globals';
import { bytePairs, exampleShape, gatherExamples, hashedNgrams, inputSizeOf, loadExamples, loadTexts, manifestDigest, type DataConfig, type RowSet } from '../../src';
import { resolveDataConfig, type ConfigOf } from '../../src/config';
import { episodeSet } from '../../src/posts/episode-set';
import type { TextSet } from '../../src/text-set';

const resolved = (config: Omit<Extract<DataConfig, { name: 'posts' }>, 'name'>) => resolveDataConfig({ name: 'posts', ...config }) as ConfigOf<'posts'>;

/** Author 7 writes four posts, author 3 three, author 5 one; in the order of time. */
const texts: TextSet = {
  texts: ['the hat is red', 'no hat', 'a hat, a cap', 'caps', 'my hats were many', 'once', 'hat again', 'the last hat'],
  labels: Int32Array.of(7, 3, 7, 7, 3, 5, 7, 3),
  times: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  weekdays: new Int32Array(8),
  forums: new Int32Array(8),
  threads: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3),
  classes: 8,
  forumNames: ['hats'],
};
const ngrams = { kind: 'ngrams', features: 64, lengths: [2] } as const;
const rowOf = ({ rows, size }: RowSet, at: number) => rows.slice(at * size, (at + 1) * size);

describe('episodeSet', () => {
  it('makes one example of each post, classes in the order of the authors', () => {
    const set = episodeSet(texts, resolved({ features: ngrams }), 'train');
    expect([...set.labels]).toEqual([0, 0, 0, 1, 2, 2, 2, 2]);
    expect([...set.authors]).toEqual([3, 5, 7]);
    expect({ classes: set.classes, size: set.size, kind: set.kind, shape: exampleShape(set), input: inputSizeOf(set) }).toEqual({ classes: 3, size: 64, kind: 'features', shape: [64], input: { features: 64 } });
    expect(rowOf(set, 1)).toEqual(hashedNgrams('my hats were many', ngrams));
    expect(set.sources.map((threads) => [...threads])).toEqual([[0], [2], [3], [2], [0], [1], [1], [3]]);
  });

  it('is the mean of the posts of an episode, of length 1', () => {
    const set = episodeSet(texts, resolved({ features: ngrams, episodeLength: 2 }), 'train');
    expect([...set.authors]).toEqual([3, 7]);
    const [first, second] = [hashedNgrams('the hat is red', ngrams), hashedNgrams('a hat, a cap', ngrams)];
    const mean = Array.from(first, (value, at) => (value + (second[at] ?? 0)) / 2);
    const norm = Math.hypot(...mean);
    Array.from(rowOf(set, 1), (value, at) => expect(value).toBeCloseTo((mean[at] ?? 0) / norm, 6));
    expect(set.sources.map((threads) => [...threads])).toEqual([[0, 2], [0, 1], [1, 3]]);
  });

  it('puts the token rows of the posts side by side', () => {
    const features = { kind: 'tokens', vocabulary: 300, tokens: 5 } as const;
    const set = episodeSet(texts, resolved({ features, episodeLength: 2 }), 'train');
    expect({ kind: set.kind, size: set.size, input: inputSizeOf(set) }).toEqual({ kind: 'tokens', size: 10, input: { tokens: 10 } });
    expect(rowOf(set, 0)).toEqual(Int32Array.of(...bytePairs('no hat', features), ...bytePairs('my hats were many', features)));
  });

  it('keeps authors with two episodes where they search, and those with longer ones if asked', () => {
    expect([...episodeSet(texts, resolved({ features: ngrams }), 'test').authors]).toEqual([3, 7]);
    const same = episodeSet(texts, resolved({ features: ngrams, supportedLength: 3 }), 'train');
    expect([...same.authors]).toEqual([3, 7]);
    expect(same.labels).toHaveLength(7);
    expect(() => episodeSet(texts, resolved({ features: ngrams, episodeLength: 2 }), 'test')).toThrow('posts: 1 authors have 2 episodes of 2 posts in the test part, expected at least 2; ask for shorter episodes');
  });
});

describe('gatherExamples', () => {
  const set = episodeSet(texts, resolved({ features: ngrams }), 'train');

  it('copies rows as they are', () => {
    expect(gatherExamples(set, [3, 0])).toEqual(Float32Array.of(...rowOf(set, 3), ...rowOf(set, 0)));
    expect(() => gatherExamples(set, [8])).toThrow(new RangeError('gatherExamples: an index must be in 0..7, got 8'));
  });
});

describe('generated posts', () => {
  const config = { name: 'posts', generated: { authors: 6, postsPerAuthor: 20 }, features: { kind: 'ngrams', features: 64 } } as const;

  it('are loaded without files, the same each time, threads on one side', async () => {
    const loaded = await loadTexts(config);
    expect(await loadTexts(config)).toEqual(loaded);
    const threads = [loaded.train, loaded.validation, loaded.test].flatMap((set) => [...new Set(set.threads)]);
    expect(new Set(threads).size).toBe(threads.length);
    const { train, test } = await loadExamples(config);
    expect([train.classes, test.classes]).toEqual([6, 6]);
  });
});

describe('the config of posts', () => {
  it('refuses authors of shorter episodes than asked for, and wrong features', () => {
    expect(() => resolved({ episodeLength: 3, supportedLength: 2 })).toThrow('data.supportedLength: expected at least the episodeLength 3, got 2');
    expect(() => resolved({ features: { kind: 'ngrams', features: 100 } })).toThrow('data.features.features: expected a power of 2, got 100');
  });

  it('tells runs of other features apart', () => {
    const digests = [{}, { episodeLength: 2 }, { features: ngrams }, { supportedLength: 3 }].map((own) => manifestDigest({ name: 'posts', ...own }));
    expect(new Set(digests).size).toBe(4);
  });
});
