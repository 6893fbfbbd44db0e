import { chooseExperiments, type Chosen } from '../choose-experiments';
import type { ProfileName } from '../define-experiment';
import { describeError } from '../describe-error';
import { reportFailures, type Failure } from '../failures';
import { print } from '../print';
import { writeReport, type PaperReport } from '../report/write-report';
import { writeSummary } from '../report/write-summary';

export interface ReportOptions {
  readonly all?: boolean;
  readonly profile: ProfileName;
}

/**
 * `<paper>:report` and `experiment:report`: from stored runs, without training or TensorFlow; byte-identical when repeated.
 * A record that was edited is marked in the cells it belongs to, and named; the exit code is then 1.
 */
export async function report(id: string | undefined, options: ReportOptions): Promise<number> {
  const chosen = chooseExperiments(id, options.all);
  return reportFailures([...chosen.broken, ...(await reportAll(chosen, options))]);
}

/** Tables, figures and claims of each paper, then the summary; a paper that could not be reported is named, and so is each damaged record. */
export async function reportAll({ loaded, broken }: Chosen, { profile, all }: ReportOptions): Promise<Failure[]> {
  const failures: Failure[] = [];
  const reports: PaperReport[] = [];
  for (const one of loaded) {
    try {
      const report = await writeReport(one, profile);
      reports.push(report);
      failures.push(...report.damaged.map((message) => ({ id: report.id, message })));
    } catch (error) {
      failures.push({ id: one.experiment.id, message: describeError(error) });
    }
  }
  // The page over all papers must not lose one that could not be read today.
  await writeSummary(reports, { profile, all: all === true && broken.length === 0 && failures.length === 0, print });
  return failures;
}
