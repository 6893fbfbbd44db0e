import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hypersphere/testing';

import { claimsToJson, claimsToMarkdown, countsInWords, countVerdicts, evidenceInWords, expectationInWords, writeClaims, type ClaimRecord } from '../../src/claims';

const folder = temporaryFolder();

const metric = { as: 'percent', decimals: 1, label: 'TAR@FAR=1e-3' } as const;

const above: ClaimRecord = {
  id: 'C1',
  says: 'LMCL beats softmax',
  inPaper: 'Table 2: LFW 97.88 -> 99.33',
  expectation: { kind: 'above', better: 'm=0.35', worse: 'softmax', metric: 'verification.tarAtFar1e-3' },
  metric,
  judgement: { verdict: 'holds', gaps: [0.061, 0.058, 0.07], mean: 0.063, interval: { low: 0.0474, high: 0.0786 }, method: 't', p: 0.0004, detectableGap: 0.021, seeds: 3, collapsed: { softmax: 1 } },
  afterHolm: { verdict: 'holds', p: 0.0012 },
};
const rises: ClaimRecord = {
  id: 'C2',
  says: 'rises with m',
  inPaper: 'Figure 5',
  expectation: { kind: 'rises', along: ['m=0', 'm=0.2', 'm=0.4'], metric: 'verification.tarAtFar1e-3' },
  metric,
  judgement: { verdict: 'not seen', gaps: [-0.01], mean: -0.01, steps: [{ from: 'm=0', to: 'm=0.2', mean: 0.02 }, { from: 'm=0.2', to: 'm=0.4', mean: -0.03 }], note: '1 seed, not judged' },
};
const untested: ClaimRecord = { id: 'C6', says: 'level | with NormFea', inPaper: 'Table 2', expectation: { kind: 'notHere', because: 'a gap of 0.01 points' }, judgement: { verdict: 'not tested', note: 'a gap of 0.01 points' } };
const steadier: ClaimRecord = { id: 'C7', says: 'steadier', inPaper: 'text', expectation: { kind: 'steadier', steady: 'a', other: 'b', metric: 'retrieval.mapAtR' }, metric, judgement: { verdict: 'undecided', mean: 0.8, interval: { low: 0.4, high: 1.5 }, method: 'jackknife', p: 0.2, seeds: 10 }, afterHolm: { verdict: 'undecided', p: 0.0003 } };

describe('claims in Markdown', () => {
  const lines = claimsToMarkdown([above, rises, untested, steadier]).split('\n');

  it('begin with the counts', () => {
    expect(lines[0]).toBe('1 holds, 1 undecided, 1 not seen, 1 not tested (of 4).');
  });

  it('are one line each, with gap, interval, seeds, what could be detected, and collapsed runs', () => {
    expect(lines[4]).toBe('| **C1** LMCL beats softmax | Table 2: LFW 97.88 -\\> 99.33 | m=0.35 better than softmax on TAR@FAR=1e-3 | **holds** | holds (p 0.001) | gap +6.3 points \\[+4.7, +7.9\\]; 3 seeds: +6.1 +5.8 +7.0; detectable 2.1; †1 run of softmax collapsed |');
  });

  it('show every step, and say that too few seeds are not judged', () => {
    expect(lines[5]).toBe('| **C2** rises with m | Figure 5 | better along m=0, m=0.2, m=0.4 on TAR@FAR=1e-3 | **not seen** | – | gap -1.0 points; 1 seed: -1.0; steps: m=0 to m=0.2 +2.0, m=0.2 to m=0.4 -3.0; 1 seed, not judged |');
  });

  it('give the reason where nothing is tested, and keep bars out of the cells', () => {
    expect(lines[6]).toBe('| **C6** level \\| with NormFea | Table 2 | not tested here | **not tested** | – | a gap of 0.01 points |');
  });

  it('print a ratio of spreads as a number', () => {
    expect(lines[7]).toContain('| undecided (p below 0.001) | ratio of spreads 0.80 \\[0.40, 1.50\\], jackknife, 10 seeds |');
  });
});

describe('evidence', () => {
  it('names the level of an equivalence interval, and the interval for other classes', () => {
    const level: ClaimRecord = { ...above, expectation: { kind: 'level', a: 'a', b: 'b', delta: 0.01, metric: 'verification.tarAtFar1e-3' }, judgement: { verdict: 'holds', mean: 0, interval: { low: -0.002, high: 0.002 }, method: 't', withClasses: { low: -0.004, high: 0.004 } } };
    expect(evidenceInWords(level)).toBe('gap 0.0 points [-0.2, +0.2] at 90 %; for other seeds and classes [-0.4, +0.4]');
  });
});

it.each([
  [{ kind: 'level', a: 'a', b: 'b', delta: 0.01, metric: 'retrieval.mapAtR' }, 'a and b within 1.0 points on TAR@FAR=1e-3'],
  [{ kind: 'peaksInside', along: ['a', 'b', 'c'], metric: 'retrieval.mapAtR' }, 'best between the ends of a, b, c on TAR@FAR=1e-3'],
  [{ kind: 'gapGrows', from: ['a', 'b'], to: ['c', 'd'], metric: 'retrieval.mapAtR' }, 'c against d gains more than a against b on TAR@FAR=1e-3'],
  [{ kind: 'diverges', variants: ['a', 'b'] }, 'every run of a, b diverges'],
  [{ kind: 'exact', test: 'bound' }, 'proved by the test "bound"'],
] as const)('puts %o in words', (expectation, words) => {
  expect(expectationInWords(expectation, metric)).toBe(words);
});

it('counts verdicts in words', () => {
  expect(countsInWords(countVerdicts([above, above, untested]))).toBe('2 hold, 1 not tested (of 3)');
  expect(countsInWords(countVerdicts([]))).toBe('no claims');
});

it('writes claims for programs too, and once', async () => {
  const json = JSON.parse(claimsToJson([above, untested])) as { counts: Record<string, number>; claims: { id: string; verdict: string; afterHolm: unknown }[] };
  expect(json.counts['holds']).toBe(1);
  expect(json.claims.map(({ id, verdict, afterHolm }) => [id, verdict, afterHolm])).toEqual([['C1', 'holds', { verdict: 'holds', p: 0.0012 }], ['C6', 'not tested', null]]);
  const base = join(folder, 'claims');
  expect(await writeClaims('CosFace', [above], base)).toHaveLength(2);
  expect(await writeClaims('CosFace', [above], base)).toEqual([]);
});
