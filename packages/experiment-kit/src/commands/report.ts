import { chooseExperiments } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { writeReport } from '../report/write-report';
import { writeSummary } from '../report/write-summary';
import { print } from './train-plan';

export interface ReportOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
}

/** `<paper>:report` and `experiment:report`: from stored runs, without training or TensorFlow; byte-identical when repeated. */
export async function report(id: string | undefined, options: ReportOptions): Promise<number> {
  const chosen = chooseExperiments(id, options.all);
  const reports = [];
  for (const loaded of chosen.loaded) reports.push(await writeReport(loaded, options.profile));
  await writeSummary(reports, { profile: options.profile, all: options.all === true, print });
  for (const { id: name, message } of chosen.broken) print(`FAILED ${name}: ${message}`);
  return chosen.broken.length === 0 ? 0 : 1;
}
