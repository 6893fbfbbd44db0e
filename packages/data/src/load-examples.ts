import { type DataConfig, resolveDataConfig } from './config';
import type { RowSet } from './example-set';
import type { LoadedData } from './image-set';
import { loadData, type LoadOptions } from './load-data';
import { loadTexts } from './load-texts';
import { episodeSet } from './posts/episode-set';

/** The sets of a config of posts; authors may be in several. */
export interface LoadedRows {
  readonly train: RowSet;
  readonly validation: RowSet;
  readonly test: RowSet;
  readonly distractors?: undefined;
  /** SHA-256 of the packed texts. */
  readonly packedDigest: string;
}

export type LoadedExamples = LoadedData | LoadedRows;

export const areRows = (data: LoadedExamples): data is LoadedRows => 'rows' in data.train;

/** What a network is trained and tested on, whatever the config: the images of `loadData`, or episodes of the posts of `loadTexts`. */
export async function loadExamples(config: DataConfig, options: LoadOptions = {}): Promise<LoadedExamples> {
  const resolved = resolveDataConfig(config);
  if (resolved.name !== 'posts') return loadData(config, options);
  const texts = await loadTexts(config, options);
  const of = (part: 'train' | 'validation' | 'test') => episodeSet(texts[part], resolved, part);
  return { train: of('train'), validation: of('validation'), test: of('test'), packedDigest: texts.packedDigest };
}
