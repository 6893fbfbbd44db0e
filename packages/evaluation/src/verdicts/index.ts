export { above, aboveAll, diverges, exact, gapGrows, level, notBelow, notHere, peaksInside, rises, steadier, variantsOf } from './expectations';
export type { Expectation, VariantPair } from './expectations';
export { holmVerdicts, type CorrectedVerdict } from './holm-verdicts';
export { judge, LEAST_SEEDS, type JudgeOptions } from './judge';
export type { Judgement, Step, Verdict } from './judgement';
export { match, type Matched, type Scores, type SeedScore } from './scores';
