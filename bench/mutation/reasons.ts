/** Why a mutant survives, by file and change: what it changes cannot be seen from outside, or is not worth a test. */
export const reasons: Readonly<Record<string, string>> = {};
