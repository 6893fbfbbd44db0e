import type { VerdictCounts } from '../claims/claim-record';
import { escapeMarkdown, oneLine } from '../tables/escape';

/** One paper in the table of all papers. */
export interface PaperLine {
  readonly title: string;
  readonly idea?: string;
  /** Where its results are, relative to the file that holds the table. */
  readonly link: string;
  readonly verdicts: VerdictCounts;
  readonly profile: string;
  /** Short hash of the commit that made the stored runs. */
  readonly commit?: string;
  /** Why there are no results: the paper failed, or has not been run. */
  readonly without?: string;
}

/** Table of papers for a README, one line a paper. */
export function papersTable(papers: readonly PaperLine[]): string {
  const withIdeas = papers.some((p) => p.idea !== undefined);
  const head = ['Paper', ...(withIdeas ? ['Idea'] : []), 'Hold', 'Fail', 'Undecided', 'Not tested', 'Claims', 'Profile', 'Commit'];
  const rule = head.map((name) => (['Paper', 'Idea', 'Profile', 'Commit'].includes(name) ? ':-' : '-:'));
  const lines = papers.map((p) => {
    const title = `[${escapeMarkdown(p.title)}](${p.link})`;
    const idea = withIdeas ? [escapeMarkdown(p.idea ?? '')] : [];
    return [title, ...idea, ...counts(p), escapeMarkdown(p.profile), p.commit === undefined ? '–' : `\`${oneLine(p.commit).replace(/[`|]/g, ' ')}\``];
  });
  return [head, rule, ...lines].map((row) => `| ${row.join(' | ')} |`).join('\n') + '\n';
}

/** Claims that were seen or not seen but not judged stand with the undecided. */
function counts({ verdicts: v, without }: PaperLine): string[] {
  const total = Object.values(v).reduce((a, b) => a + b, 0);
  if (without !== undefined) return [escapeMarkdown(without), '–', '–', '–', String(total)];
  return [v.holds, v.fails, v.undecided + v['direction seen'] + v['not seen'], v['not tested'], total].map(String);
}
