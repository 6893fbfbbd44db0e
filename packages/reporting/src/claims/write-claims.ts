import { readableJson } from '../output/readable-json';
import { writeIfChanged } from '../output/write-if-changed';
import { countVerdicts, type ClaimRecord } from './claim-record';
import { evidenceInWords } from './evidence';
import { expectationInWords } from './expectation-words';
import { claimsToMarkdown } from './to-markdown';

/** Claims for programs: everything of the judgement, and the same words as in the Markdown. */
export function claimsToJson(claims: readonly ClaimRecord[]): string {
  const entries = claims.map((claim) => {
    const { id, says, inPaper, expectation, metric, judgement, afterHolm } = claim;
    const words = { expected: expectationInWords(expectation, metric), evidence: evidenceInWords(claim) };
    return { id, says, inPaper, ...words, verdict: judgement.verdict, afterHolm: afterHolm ?? null, expectation, judgement };
  });
  return readableJson({ counts: countVerdicts(claims), claims: entries });
}

/**
 * Writes `<basePath>.md` under a heading and `<basePath>.json`, each only if its bytes changed.
 *
 * @returns the paths that were written
 */
export async function writeClaims(title: string, claims: readonly ClaimRecord[], basePath: string): Promise<string[]> {
  const written: string[] = [];
  for (const [ending, content] of [['md', `# ${title}\n\n${claimsToMarkdown(claims)}`], ['json', claimsToJson(claims)]] as const) {
    if (await writeIfChanged(`${basePath}.${ending}`, content)) written.push(`${basePath}.${ending}`);
  }
  return written;
}
