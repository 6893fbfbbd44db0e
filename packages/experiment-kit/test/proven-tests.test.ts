import { expect, it } from '@jest/globals';

import { provenTests } from '../src/report/proven-tests';

it('takes a claim as proven where the named test is', () => {
  const here = 'packages/experiment-kit/test/proven-tests: takes a claim as proven where the named test is';
  const [noTitle, noFile] = ['packages/experiment-kit/test/nearest: no such title', 'packages/experiment-kit/test/no-such-file: title'];
  expect(provenTests([here, noTitle, noFile])).toEqual({ [here]: true, [noTitle]: false, [noFile]: false });
});
