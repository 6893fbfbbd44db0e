import { type DataConfig, resolveDataConfig } from './config';
import { loadData, type LoadOptions } from './load-data';
import { loadTexts } from './load-texts';
import { preparationOf } from './preparation';

/** Fetches and packs what `loadExamples` reads of a config, images or texts, unless it is there. */
export async function prepareData(config: DataConfig, options: LoadOptions = {}): Promise<void> {
  const { ready } = await preparationOf(config);
  if (ready) return;
  await (resolveDataConfig(config).name === 'posts' ? loadTexts(config, options) : loadData(config, options));
}
