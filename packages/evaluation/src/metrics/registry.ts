import { chanceOf, type ChanceContext, type ChanceRule } from './chance';

export interface MetricEntry {
  /** As in a table's head. */
  readonly label: string;
  /** A share in [0, 1] is printed as per cent. */
  readonly unit: 'share' | 'degrees' | 'cosine' | 'length' | 'ratio';
  readonly higherIsBetter: boolean;
  /** Where a collapsed run enters comparisons. */
  readonly chance: ChanceRule;
  /** With fewer impostor pairs the value says nothing. */
  readonly minimalImpostors?: number;
}

const share = { unit: 'share', higherIsBetter: true } as const;
const angle = { unit: 'degrees', chance: null } as const;

/** Every metric by name. */
export const metricRegistry = {
  'verification.accuracy': { ...share, label: 'accuracy, ten folds', chance: 0.5 },
  'verification.accuracyStd': { label: 'accuracy, std over folds', unit: 'share', higherIsBetter: false, chance: null },
  'verification.tarAtFar1e-2': { ...share, label: 'TAR@FAR=1e-2', chance: 1e-2, minimalImpostors: 1e2 },
  'verification.tarAtFar1e-3': { ...share, label: 'TAR@FAR=1e-3', chance: 1e-3, minimalImpostors: 1e3 },
  'verification.tarAtFar1e-4': { ...share, label: 'TAR@FAR=1e-4', chance: 1e-4, minimalImpostors: 1e4 },
  'verification.tarAtFar1e-2Nearest': { ...share, label: 'TAR@FAR~1e-2', chance: 1e-2, minimalImpostors: 1e2 },
  'verification.tarAtFar1e-3Nearest': { ...share, label: 'TAR@FAR~1e-3', chance: 1e-3, minimalImpostors: 1e3 },
  'verification.tarAtFar1e-4Nearest': { ...share, label: 'TAR@FAR~1e-4', chance: 1e-4, minimalImpostors: 1e4 },
  'verification.tarAtFar1e-2SameGroup': { ...share, label: 'TAR@FAR=1e-2, same group', chance: 1e-2, minimalImpostors: 1e2 },
  'verification.tarAtFar1e-3SameGroup': { ...share, label: 'TAR@FAR=1e-3, same group', chance: 1e-3, minimalImpostors: 1e3 },
  'verification.tarAtFar1e-4SameGroup': { ...share, label: 'TAR@FAR=1e-4, same group', chance: 1e-4, minimalImpostors: 1e4 },
  'verification.auc': { ...share, label: 'AUC', chance: 0.5 },
  'verification.aucSameGroup': { ...share, label: 'AUC, same group', chance: 0.5 },
  'verification.eer': { label: 'EER', unit: 'share', higherIsBetter: false, chance: 0.5 },
  'verification.eerSameGroup': { label: 'EER, same group', unit: 'share', higherIsBetter: false, chance: 0.5 },
  'identification.rank1': { ...share, label: 'rank-1', chance: { rule: 'rank', k: 1 } },
  'identification.rank5': { ...share, label: 'rank-5', chance: { rule: 'rank', k: 5 } },
  'identification.rank10': { ...share, label: 'rank-10', chance: { rule: 'rank', k: 10 } },
  'retrieval.recallAt1': { ...share, label: 'R@1', chance: { rule: 'recall', k: 1 } },
  'retrieval.recallAt2': { ...share, label: 'R@2', chance: { rule: 'recall', k: 2 } },
  'retrieval.recallAt4': { ...share, label: 'R@4', chance: { rule: 'recall', k: 4 } },
  'retrieval.recallAt5': { ...share, label: 'R@5', chance: { rule: 'recall', k: 5 } },
  'retrieval.recallAt8': { ...share, label: 'R@8', chance: { rule: 'recall', k: 8 } },
  'retrieval.recallAt10': { ...share, label: 'R@10', chance: { rule: 'recall', k: 10 } },
  'retrieval.recallAt16': { ...share, label: 'R@16', chance: { rule: 'recall', k: 16 } },
  'retrieval.recallAt32': { ...share, label: 'R@32', chance: { rule: 'recall', k: 32 } },
  'retrieval.recallAt100': { ...share, label: 'R@100', chance: { rule: 'recall', k: 100 } },
  'retrieval.recallAt1000': { ...share, label: 'R@1000', chance: { rule: 'recall', k: 1000 } },
  'retrieval.rPrecision': { ...share, label: 'R-precision', chance: { rule: 'rPrecision' } },
  'retrieval.mapAtR': { ...share, label: 'MAP@R', chance: { rule: 'mapAtR' } },
  'retrieval.map': { ...share, label: 'mAP', chance: { rule: 'map' } },
  'retrieval.mrr': { ...share, label: 'MRR', chance: { rule: 'mrr' } },
  'retrieval.minp': { ...share, label: 'mINP', chance: null },
  'reidentification.cmc1': { ...share, label: 'CMC-1', chance: { rule: 'recall', k: 1 } },
  'reidentification.cmc5': { ...share, label: 'CMC-5', chance: { rule: 'recall', k: 5 } },
  'reidentification.cmc10': { ...share, label: 'CMC-10', chance: { rule: 'recall', k: 10 } },
  'reidentification.map': { ...share, label: 'mAP, other cameras', chance: { rule: 'map' } },
  'reidentification.minp': { ...share, label: 'mINP, other cameras', chance: null },
  'reidentification.rerankedCmc1': { ...share, label: 'CMC-1, re-ranked', chance: { rule: 'recall', k: 1 } },
  'reidentification.rerankedMap': { ...share, label: 'mAP, other cameras, re-ranked', chance: { rule: 'map' } },
  'reidentification.rerankedMinp': { ...share, label: 'mINP, other cameras, re-ranked', chance: null },
  'authorship.mrr': { ...share, label: 'MRR over episodes', chance: { rule: 'mrr' } },
  'authorship.recallAt1': { ...share, label: 'R@1 over episodes', chance: { rule: 'recall', k: 1 } },
  'authorship.recallAt2': { ...share, label: 'R@2 over episodes', chance: { rule: 'recall', k: 2 } },
  'authorship.recallAt5': { ...share, label: 'R@5 over episodes', chance: { rule: 'recall', k: 5 } },
  'authorship.recallAt10': { ...share, label: 'R@10 over episodes', chance: { rule: 'recall', k: 10 } },
  'authorship.olderMrr': { ...share, label: 'MRR, older half as gallery', chance: { rule: 'mrr' } },
  'authorship.paddedMrr': { ...share, label: 'MRR, padded gallery', chance: { rule: 'mrr' } },
  'clustering.nmi': { ...share, label: 'NMI', chance: { rule: 'nmi' } },
  'clustering.f1': { ...share, label: 'F1 over pairs', chance: { rule: 'rPrecision' } },
  'classification.top1': { ...share, label: 'top-1', chance: { rule: 'top', k: 1 } },
  'classification.top5': { ...share, label: 'top-5', chance: { rule: 'top', k: 5 } },
  'classification.probeTop1': { ...share, label: 'top-1, linear probe', chance: { rule: 'top', k: 1 } },
  'classification.probeTop5': { ...share, label: 'top-5, linear probe', chance: { rule: 'top', k: 5 } },
  'classification.top1Severity1': { ...share, label: 'top-1, severity 1', chance: { rule: 'top', k: 1 } },
  'classification.top1Severity2': { ...share, label: 'top-1, severity 2', chance: { rule: 'top', k: 1 } },
  'classification.top1Severity3': { ...share, label: 'top-1, severity 3', chance: { rule: 'top', k: 1 } },
  'classification.top1Severity4': { ...share, label: 'top-1, severity 4', chance: { rule: 'top', k: 1 } },
  'classification.top1Severity5': { ...share, label: 'top-1, severity 5', chance: { rule: 'top', k: 1 } },
  'classification.corruptionError': { label: 'mean error, corrupted', unit: 'share', higherIsBetter: false, chance: null },
  'geometry.angularFisher': { label: 'angular Fisher score', unit: 'ratio', higherIsBetter: false, chance: null },
  'geometry.angularFisherUnit': { label: 'angular Fisher score, unit embeddings', unit: 'ratio', higherIsBetter: false, chance: null },
  'geometry.meanNorm': { label: 'mean norm', unit: 'length', higherIsBetter: true, chance: null },
  'geometry.intraAngle': { ...angle, label: 'Intra', higherIsBetter: false },
  'geometry.interAngle': { ...angle, label: 'Inter', higherIsBetter: true },
  'geometry.trainIntraAngle': { ...angle, label: 'Intra, training classes', higherIsBetter: false },
  'geometry.trainInterAngle': { ...angle, label: 'Inter, training classes', higherIsBetter: true },
  'geometry.prototypeCentreAngle': { ...angle, label: 'W-EC', higherIsBetter: false },
  'geometry.prototypeInterAngle': { ...angle, label: 'W-Inter', higherIsBetter: true },
  'geometry.gap': { label: 'min genuine - max impostor', unit: 'cosine', higherIsBetter: true, chance: null },
  'geometry.overlap': { label: 'overlap of densities', unit: 'share', higherIsBetter: false, chance: 1 },
  'noise.dominant': { label: 'noise, dominant sub-centre', unit: 'share', higherIsBetter: false, chance: null },
  'noise.found70': { ...share, label: 'noise found, 70 degrees', chance: null },
  'noise.found75': { ...share, label: 'noise found, 75 degrees', chance: null },
  'noise.found80': { ...share, label: 'noise found, 80 degrees', chance: null },
  'noise.found85': { ...share, label: 'noise found, 85 degrees', chance: null },
  'noise.lost70': { label: 'right images dropped, 70 degrees', unit: 'share', higherIsBetter: false, chance: null },
  'noise.lost75': { label: 'right images dropped, 75 degrees', unit: 'share', higherIsBetter: false, chance: null },
  'noise.lost80': { label: 'right images dropped, 80 degrees', unit: 'share', higherIsBetter: false, chance: null },
  'noise.lost85': { label: 'right images dropped, 85 degrees', unit: 'share', higherIsBetter: false, chance: null },
} as const satisfies Record<string, MetricEntry>;

export type MetricName = keyof typeof metricRegistry;

/** Whether a string names a metric. */
export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metricRegistry, name);
}

/**
 * The value at which a collapsed run enters a comparison.
 *
 * @returns undefined where chance has no meaning for the metric
 */
export function chanceValue(metric: MetricName, context: ChanceContext): number | undefined {
  return chanceOf(metricRegistry[metric].chance, context);
}
