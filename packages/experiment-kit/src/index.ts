export {
  above,
  aboveAll,
  diverges,
  exact,
  gapGrows,
  level,
  notBelow,
  notHere,
  peaksInside,
  rises,
  steadier,
  type Expectation,
  type MetricName,
} from '@hypersphere/evaluation';

export {
  defineExperiment,
  notTrained,
  PROFILE_NAMES,
  sectionsOf,
  sweep,
  type Ablation,
  type Claim,
  type Experiment,
  type Paper,
  type Profile,
  type ProfileName,
  type Sections,
  type TablePlan,
  type Variant,
  type VariantPlan,
} from './define-experiment';
export { anglesOf, circleOf, curvesOf, distractorsOf, dotsOf, gapsOf, pairGapsOf, rocOf, severityOf, sphereOf, type FigurePlan } from './figure-plan';
export { experimentIds, loadExperiment, type LoadedExperiment } from './load-experiment';
export { configOf, planExperiment, type PlannedRun } from './plan';
export { authorsOfPaper, authorsOfPosts, ofAuthors, ofBatch, ofEpisodes, ofTokens, postRates, smokePosts } from './protocols/authors-of-posts';
export { casiaWebFace } from './protocols/casia-webface';
export { cifarContrast, cifarContrastPaper, contrastRates, crossEntropy, inContrastPaper, scheduled, smokeContrast, twoStages, views } from './protocols/cifar-contrast';
export { balancedRows, lossRows, magnitudes } from './protocols/loss-rows';
export { angularTriplet, digitsOnCircle, openSetHangul, smokeSize } from './protocols/open-set-hangul';
export { pretrained } from './protocols/pretrained';
export { adam, tuned } from './protocols/tuned';
export { typefacesUnderNoise } from './protocols/typefaces-under-noise';
export { classBalance, onTypefaces, shuffled, trainedWith, zeroShotHangul } from './protocols/zero-shot-hangul';
export { progressView } from './progress-view';
export { zeroShotPaper } from './protocols/zero-shot-paper';
export { resolveRunConfig } from './resolve-run-config';
export type { RunConfig } from './run-config';
export { parseRecord, RECORD_FORMAT, sealRecord, type RunRecord } from './run-record';
export { identify } from './run-identity';
export { openRunStore, type RunStore } from './run-store';
export { trainRuns } from './scheduler';
