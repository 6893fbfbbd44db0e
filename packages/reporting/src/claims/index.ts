export { countsInWords, countVerdicts, type ClaimRecord, type VerdictCounts } from './claim-record';
export { evidenceInWords } from './evidence';
export { expectationInWords } from './expectation-words';
export { claimsToMarkdown } from './to-markdown';
export { claimsToJson, writeClaims } from './write-claims';
