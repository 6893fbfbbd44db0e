import { fixed } from '../format';
import { escapeMarkdown } from '../tables/escape';
import { countsInWords, countVerdicts, type ClaimRecord } from './claim-record';
import { evidenceInWords } from './evidence';
import { expectationInWords } from './expectation-words';

const HEAD = '| Claim | In the paper | Expected of our runs | Verdict | After Holm | Evidence |\n|:-|:-|:-|:-|:-|:-|';

/** Claims as a Markdown table, one claim a line. */
export function claimsToMarkdown(claims: readonly ClaimRecord[]): string {
  const lines = claims.map((claim) => {
    const cells = [`**${escapeMarkdown(claim.id)}** ${escapeMarkdown(claim.says)}`, ...[claim.inPaper, expectationInWords(claim.expectation, claim.metric)].map(escapeMarkdown)];
    return `| ${[...cells, `**${claim.judgement.verdict}**`, holmInWords(claim), escapeMarkdown(evidenceInWords(claim)) || '–'].join(' | ')} |`;
  });
  return [`${countsInWords(countVerdicts(claims))}.`, [HEAD, ...lines].join('\n')].join('\n\n') + '\n';
}

/** The verdict that is left when all claims of the paper are judged together. */
function holmInWords({ afterHolm, judgement }: ClaimRecord): string {
  if (afterHolm === undefined || judgement.p === undefined) return '–';
  return `${afterHolm.verdict}${afterHolm.p === undefined ? '' : ` (p ${afterHolm.p < 0.001 ? 'below 0.001' : fixed(afterHolm.p, 3)})`}`;
}
