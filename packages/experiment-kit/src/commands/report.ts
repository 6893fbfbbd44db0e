import { chooseExperiments, soundOnes, type Chosen } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { describeError } from '../describe-error';
import { reportFailures, type Failure } from '../failures';
import { print } from '../print';
import { writeReport, type PaperReport } from '../report/write-report';
import { writeSummary } from '../report/write-summary';
import { openRunStore } from '../run-store';

export interface ReportOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
}

/** `<paper>:report` and `experiment:report`: from stored runs, without training or TensorFlow; byte-identical when repeated. */
export async function report(id: string | undefined, options: ReportOptions): Promise<number> {
  const chosen = soundOnes(chooseExperiments(id, options.all), ({ experiment }) => openRunStore(experiment.id, options.profile).read());
  return reportFailures([...chosen.broken, ...(await reportAll(chosen, options))]);
}

/** Tables, figures and claims of each paper, then the summary; a paper that could not be reported is named. */
export async function reportAll({ loaded, broken }: Chosen, { profile, all }: ReportOptions): Promise<Failure[]> {
  const failures: Failure[] = [];
  const reports: PaperReport[] = [];
  for (const one of loaded) {
    try {
      reports.push(await writeReport(one, profile));
    } catch (error) {
      failures.push({ id: one.experiment.id, message: describeError(error) });
    }
  }
  // The page over all papers must not lose one that could not be read today.
  await writeSummary(reports, { profile, all: all === true && broken.length === 0 && failures.length === 0, print });
  return failures;
}
