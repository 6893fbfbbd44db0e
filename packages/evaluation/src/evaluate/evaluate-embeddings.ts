import { classMultiplicities } from '../bootstrap/multiplicities';
import { labelledRows } from '../checks';
import { classOrder } from '../classes';
import type { Metrics, Replicates, Section } from '../metrics/metric-value';
import { clusteringSection } from './clustering-section';
import { foldsSection } from './folds-section';
import { geometrySection } from './geometry-section';
import type { Evaluation, EvaluationInput } from './options';
import { pairsSection } from './pairs-section';
import { authorshipSection, reidentificationSection } from './rule-sections';
import { identificationSection, retrievalSection } from './search-section';

export interface EvaluationResult {
  readonly metrics: Metrics;
  /** Data of figures: `roc`, `rocSameGroup`, `angles`, `cmc`, `distractors`. */
  readonly series: Readonly<Record<string, unknown>>;
  /** Replicates of the bootstrap over classes, to be drawn together with seeds. */
  readonly replicates: Replicates;
}

/**
 * Verification, identification, retrieval and geometry of one set of embeddings, with 95 % percentile intervals from
 * a bootstrap over classes (conditional on the groups). Equal seeds draw equal pairs, distractors and classes.
 *
 * What the data cannot give is left out: identification without distractors, re-identification without cameras,
 * authorship without sources, `...SameGroup` without groups, ten-fold
 * accuracy below four classes.
 *
 * @throws RangeError for no embeddings, fewer than two classes, single-image classes only, or values not finite
 */
export function evaluateEmbeddings(input: EvaluationInput): EvaluationResult {
  const { labels, groups, seed, replicates = 200 } = input;
  const { values, dim } = labelledRows('evaluateEmbeddings', input, groups);
  const evaluation: Evaluation = {
    ...input,
    embeddings: values,
    dim,
    multiplicities: classMultiplicities(classOrder(labels).classes, replicates, seed),
  };
  return together([
    foldsSection(evaluation),
    pairsSection(evaluation),
    identificationSection(evaluation),
    retrievalSection(evaluation),
    reidentificationSection(evaluation),
    authorshipSection(evaluation),
    clusteringSection(evaluation),
    geometrySection(evaluation),
  ]);
}

function together(sections: readonly Section[]): EvaluationResult {
  return {
    metrics: Object.assign({}, ...sections.map(({ metrics }) => metrics)) as Metrics,
    series: Object.assign({}, ...sections.map(({ series }) => series)) as EvaluationResult['series'],
    replicates: Object.assign({}, ...sections.map(({ replicates }) => replicates)) as Replicates,
  };
}
