import { angleStatistics } from '../geometry/angle-statistics';
import { angularFisher } from '../geometry/angular-fisher';
import { meanNorm } from '../geometry/norms';
import type { Section } from '../metrics/metric-value';
import { collector } from './measured';
import type { Evaluation } from './options';

/** Angles and norms of embeddings. */
export function geometrySection(evaluation: Evaluation): Section {
  const found = collector();
  const n = evaluation.labels.length;
  found.add('geometry.angularFisher', angularFisher(evaluation).score, { n });
  found.add('geometry.angularFisherUnit', angularFisher({ ...evaluation, normalise: true }).score, { n });
  found.add('geometry.meanNorm', meanNorm(evaluation.embeddings, evaluation.dim), { n });
  const angles = angleStatistics(evaluation);
  found.add('geometry.intraAngle', angles.intra, { n });
  found.add('geometry.interAngle', angles.inter);
  if (angles.prototypeCentre !== undefined) found.add('geometry.prototypeCentreAngle', angles.prototypeCentre);
  if (angles.prototypeInter !== undefined) found.add('geometry.prototypeInterAngle', angles.prototypeInter);
  return found.section();
}
