import { rowsOf } from '../checks';
import { classOrder } from '../classes';
import { clusterAgreement } from '../clustering/agreement';
import { kMeans } from '../clustering/k-means';
import type { Section } from '../metrics/metric-value';
import { unitRows } from '../similarity/unit-rows';
import { collector } from './measured';
import type { Evaluation } from './options';

/** NMI and F1 of one k-means of unit embeddings, as many clusters as classes; nothing unless asked for. No interval: it would need a clustering a replicate. */
export function clusteringSection(evaluation: Evaluation): Section {
  const { embeddings, dim, labels, clustered = false, seed } = evaluation;
  const found = collector();
  if (!clustered) return found.section();
  const unit = unitRows(rowsOf('evaluateEmbeddings', embeddings, dim));
  const { assignment } = kMeans({ embeddings: unit.values, dim: unit.dim, clusters: classOrder(labels).classes, seed });
  const { nmi, f1 } = clusterAgreement(assignment, labels);
  found.add('clustering.nmi', nmi, { n: labels.length });
  found.add('clustering.f1', f1, { n: labels.length });
  return found.section();
}
