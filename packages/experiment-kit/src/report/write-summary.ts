import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countsInWords, countVerdicts, generatedBlock, papersTable, summaryToText, writeIfChanged, type PaperLine } from '@hypersphere/reporting';

import type { ProfileName } from '../define-experiment';
import { hasOwnData } from '../own-data';
import { RESULTS, WORKSPACE } from '../workspace';
import type { PaperReport } from './write-report';

export interface SummaryOptions {
  readonly profile: ProfileName;
  /** Whether these are all experiments: then the table of papers is written too, from the standard profile only. */
  readonly all: boolean;
  readonly print: (line: string) => void;
}

/** What was measured, which way each claim points, and which file to open, for each paper; then across papers. */
export async function writeSummary(reports: readonly PaperReport[], { profile, all, print }: SummaryOptions): Promise<void> {
  for (const report of reports) print(`\n${summaryToText(report.summary)}`);
  if (reports.length > 1) {
    print('All papers');
    for (const { id, claims, runs } of reports) print(`  ${id.padEnd(12)} ${runs.stored} of ${runs.planned} runs stored; claims: ${countsInWords(countVerdicts(claims))}`);
  }
  if (!all || profile !== 'standard' || hasOwnData()) return;
  const lines = (link: (id: string) => string) => papersTable(reports.map((report) => lineOf(report, link(report.id))));
  await writeIfChanged(join(RESULTS, 'README.md'), resultsPage(reports, lines((id) => `${id}/standard/README.md`)));
  const readme = join(WORKSPACE, 'README.md');
  await writeIfChanged(readme, generatedBlock(readFileSync(readme, 'utf8'), 'papers', lines((id) => `experiments/${id}/README.md`)));
}

function lineOf({ idea, summary, claims, commits, runs }: PaperReport, link: string): PaperLine {
  return {
    title: summary.title,
    idea,
    link,
    verdicts: countVerdicts(claims),
    profile: summary.profile,
    ...(commits.length === 0 ? {} : { commit: commits.join(', ') }),
    ...(runs.stored === 0 ? { without: 'not run yet' } : {}),
  };
}

function resultsPage(reports: readonly PaperReport[], table: string): string {
  const lines = reports.map(({ id, runs }) => `- \`${id}\`: ${runs.stored} of ${runs.planned} runs stored, ${(runs.seconds / 3600).toFixed(2)} h of training; \`npx nx run ${id}:reproduce --profile=standard\` trains the rest.`);
  return ['# Results', 'Generated from the run records of the `standard` profile: `npx nx run experiment:report --profile=standard`.', table.trim(), lines.join('\n')].join('\n\n') + '\n';
}
