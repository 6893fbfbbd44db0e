import { HypersphereError, visible, visibleJson } from '@hypersphere/engine';
import { z } from 'zod';

const count = (least: number, usual: number) => z.int().min(least).default(usual);
const splitSeed = z.int().min(0).default(1);

const trainSet = {
  /** Class sizes fall exponentially from the full number to 1/ratio of it. */
  longTail: z.strictObject({ ratio: z.number().min(1), smallest: z.int().min(1).default(2) }).optional(),
  /** A share of the training images is made wrong: `closed` gives a label of another class, `open` an image of no class at all. */
  labelNoise: z.strictObject({ share: z.number().min(0).max(0.9), kind: z.enum(['closed', 'open']), seed: z.int().min(0).default(0) }).optional(),
};

const hangul = z.strictObject({
  name: z.literal('hangul'),
  protocol: z.enum(['unseen-typefaces', 'seen-typefaces']).default('unseen-typefaces'),
  trainClasses: count(2, 600),
  validationClasses: count(2, 400),
  testClasses: count(2, 600),
  distractorClasses: count(0, 400),
  trainTypefaces: z.int().min(2).max(16).default(16),
  splitSeed,
  ...trainSet,
});

const typefaces = z.strictObject({
  name: z.literal('typefaces'),
  identity: z.enum(['face', 'family']).default('face'),
  trainFamilies: count(2, 150),
  validationFamilies: count(2, 30),
  testFamilies: count(2, 71),
  facesPerFamily: count(1, 16),
  imagesPerFace: z.int().min(2).max(1000).default(30),
  ...trainSet,
});

const mnist = z.strictObject({
  name: z.literal('mnist'),
  trainImages: z.int().min(10).max(55_000).default(55_000),
  validationImages: z.int().min(10).max(5_000).default(5_000),
  testImages: z.int().min(10).max(10_000).default(10_000),
  splitSeed,
  ...trainSet,
});

/** Ten classes, equally many images of each. */
const ofTenClasses = (most: number, usual: number) => z.int().min(10).max(most).multipleOf(10).default(usual);

const cifar10 = z.strictObject({
  name: z.literal('cifar10'),
  trainImages: ofTenClasses(45_000, 45_000),
  validationImages: ofTenClasses(5_000, 5_000),
  testImages: ofTenClasses(10_000, 10_000),
  splitSeed,
  ...trainSet,
});

const generated = z.strictObject({
  name: z.literal('generated'),
  height: z.int().min(4).max(256).default(16),
  width: z.int().min(4).max(256).default(16),
  channels: z.union([z.literal(1), z.literal(3)]).default(1),
  trainClasses: count(2, 12),
  validationClasses: count(2, 6),
  testClasses: count(2, 8),
  distractorClasses: count(0, 6),
  imagesPerClass: count(2, 8),
  groups: count(1, 4),
  noise: z.number().min(0).max(1).default(0.1),
  seed: z.int().min(0).default(0),
  ...trainSet,
});

const ngrams = z.strictObject({
  kind: z.literal('ngrams'),
  features: z.int().min(1).max(2 ** 20).refine((value) => Number.isInteger(Math.log2(value)), 'expected a power of 2').default(16_384),
  lengths: z.array(z.int().min(1)).min(1).readonly().default([3, 4]),
});

const tokens = z.strictObject({ kind: z.literal('tokens'), vocabulary: z.int().min(257).max(50_257).default(4096), tokens: count(1, 256) });

const posts = z.strictObject({
  name: z.literal('posts'),
  /** Authors with fewer posts are left out. */
  leastPosts: count(2, 4),
  /** Posts with less text, quotes and signature taken away, are left out. */
  leastCharacters: count(1, 40),
  /** Share of the posts, in the middle of the time, that validates. */
  validationShare: z.number().min(0.01).max(0.5).default(0.1),
  /** L: posts of an episode, which is one example. */
  episodeLength: count(1, 1),
  /** Only authors that have episodes of this many posts, so that several lengths are compared on the same authors; as `episodeLength` if not given. */
  supportedLength: z.int().min(1).optional(),
  /** What a network is fed of an episode: hashed n-grams, or byte pairs, `tokens` of each post. */
  features: z.discriminatedUnion('kind', [ngrams, tokens]).default({ kind: 'ngrams', features: 16_384, lengths: [3, 4] }),
  /** Made-up posts instead, in memory, for tests. */
  generated: z.strictObject({ authors: count(2, 12), postsPerAuthor: count(4, 24), seed: z.int().min(0).default(0) }).optional(),
});

const setName = z.string().max(100).regex(/^[\p{L}\p{N}_][\p{L}\p{N} ._+-]*$/u, 'expected the name of one folder, without a path');

const folder = z.strictObject({
  name: z.literal('folder'),
  /**
   * Folders below the one that HYPERSPHERE_DATA names; without `validation`, a tenth of the training classes serves, without `test`, the
   * second half of the classes by name.
   */
  train: setName,
  validation: setName.optional(),
  test: setName.optional(),
  height: z.int().min(4).max(1024),
  width: z.int().min(4).max(1024),
  channels: z.union([z.literal(1), z.literal(3)]),
  minImagesPerClass: count(1, 2),
  /** Classes that must neither train nor validate, such as people of the test set. */
  excludeClasses: z.array(z.string().min(1)).transform((names) => [...new Set(names)].sort()).default([]),
  ...trainSet,
});

const schemas = { hangul, typefaces, mnist, cifar10, posts, generated, folder };
const schema = z.discriminatedUnion('name', [hangul, typefaces, mnist, cifar10, posts, generated, folder]);

export type DataSetName = keyof typeof schemas;
/** What to load, as plain JSON; only `name` must be given. */
export type DataConfig = z.input<typeof schema>;
/** A config with every default filled in. */
export type ResolvedDataConfig = z.output<typeof schema>;
/** The config of a set of images. */
export type ImageDataConfig = Exclude<ResolvedDataConfig, { name: 'posts' }>;
export type ConfigOf<Name extends DataSetName> = Extract<ResolvedDataConfig, { name: Name }>;

/**
 * Fills the defaults and checks a data config.
 *
 * @param config plain JSON
 * @returns the config with every option present
 * @throws HypersphereError (exit code 2) that names each wrong path, what was expected and what came
 */
export function resolveDataConfig(config: DataConfig): ResolvedDataConfig {
  const known = Object.keys(schemas);
  const name: unknown = (config as { name?: unknown } | null)?.name;
  if (typeof name !== 'string' || !known.includes(name)) {
    throw new HypersphereError(`data.name: expected one of ${known.join(', ')}, got ${visibleJson(name)}`, { exitCode: 2 });
  }
  const parsed = schema.safeParse(config);
  const problems = parsed.success ? tooMany(parsed.data) : parsed.error.issues.map((issue) => explain(issue, config));
  if (!parsed.success || problems.length > 0) throw new HypersphereError(problems.join('\n'), { exitCode: 2 });
  return parsed.data;
}

function explain(issue: z.core.$ZodIssue, config: unknown): string {
  const path = visible(['data', ...issue.path].join('.'));
  if (issue.code === 'unrecognized_keys') return `${path}: unknown option ${issue.keys.map((key) => `'${visible(key)}'`).join(', ')}`;
  let value = config;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return `${path}: ${issue.message}, got ${visibleJson(value)}`;
}

/** Numbers of syllables and families that the repository fixes; the split tables are tested against them. */
export const available = { development: 1200, final: 1150, families: { train: 150, validation: 30, test: 71 } } as const;

function tooMany(config: ResolvedDataConfig): string[] {
  if (config.name === 'hangul') return hangulLimits(config);
  if ((config.name === 'mnist' || config.name === 'cifar10') && config.labelNoise?.kind === 'open') {
    return [`data.labelNoise.kind: expected "closed" (${{ mnist: 'MNIST', cifar10: 'CIFAR-10' }[config.name]} has no other classes), got "open"`];
  }
  if (config.name === 'folder') return folderLimits(config);
  if (config.name === 'posts') return postsLimits(config);
  if (config.name !== 'typefaces') return [];
  return (['train', 'validation', 'test'] as const).flatMap((role) => {
    const [most, asked] = [available.families[role], config[`${role}Families`]];
    return asked > most ? [`data.${role}Families: expected at most ${most}, got ${asked}`] : [];
  });
}

function folderLimits({ train, validation, test, labelNoise }: ConfigOf<'folder'>): string[] {
  const problems = labelNoise?.kind === 'open' ? ['data.labelNoise.kind: expected "closed" (no class is in no set), got "open"'] : [];
  const [trained, ...others] = [train, validation, test].flatMap((name) => name ?? []).map((name) => name.toLowerCase());
  const same = others.includes(trained ?? '') || new Set(others).size < others.length;
  return same ? [...problems, `data.train, data.validation, data.test: expected different folders, got ${JSON.stringify({ train, validation, test })}`] : problems;
}

function postsLimits({ episodeLength, supportedLength = episodeLength }: ConfigOf<'posts'>): string[] {
  return supportedLength < episodeLength ? [`data.supportedLength: expected at least the episodeLength ${episodeLength}, got ${supportedLength}`] : [];
}

function hangulLimits(config: ConfigOf<'hangul'>): string[] {
  const { trainClasses, validationClasses, testClasses, distractorClasses } = config;
  const outsiders = outsiderClasses(config);
  const sides = [
    {
      paths: `trainClasses + validationClasses${outsiders > 0 ? ' + outsiders of the open-set noise' : ''}`,
      asked: trainClasses + validationClasses + outsiders,
      most: available.development,
    },
    { paths: 'testClasses + distractorClasses', asked: testClasses + distractorClasses, most: available.final },
  ];
  return sides.filter((side) => side.asked > side.most)
    .map((side) => `data.${side.paths}: expected at most ${side.most} syllables together, got ${side.asked}`);
}

/** As many outsider classes of Hangul as give the images that open-set noise replaces. */
export function outsiderClasses({ labelNoise, trainClasses }: Pick<ConfigOf<'hangul'>, 'labelNoise' | 'trainClasses'>): number {
  // a few more, since some images are dropped as blank or ambiguous
  return labelNoise?.kind === 'open' ? Math.ceil(labelNoise.share * trainClasses * 1.02) + 1 : 0;
}
